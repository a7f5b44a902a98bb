import { type ReactNode, useId } from 'react';

interface LabelledProps {
  label: string;
  required?: boolean;
  hint?: ReactNode;
  error?: string | null | undefined;
  /** Gets the attributes that tie the control to its label, hint and error. */
  children: (control: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': boolean | undefined;
    status: 'error' | undefined;
  }) => ReactNode;
}

/** A form control with its label above, and its hint and error below. */
export function Labelled({ label, required = false, hint, error, children }: LabelledProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className="kv-field">
      <label htmlFor={id} className={required ? 'kv-field__label kv-field__label--required' : 'kv-field__label'}>
        {label}
        {required && <span aria-hidden> *</span>}
      </label>
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error ? true : undefined,
        status: error ? 'error' : undefined,
      })}
      {hint && (
        <div id={`${id}-hint`} className="kv-field__hint">
          {hint}
        </div>
      )}
      {error && (
        <div id={`${id}-error`} className="kv-field__error" role="alert">
          {error}
        </div>
      )}
    </div>
  );
}
