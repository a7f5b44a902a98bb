import { type Language, usePreferences } from '../preferences.ts';

/** The words of one feature. Vietnamese decides the keys; English must have the same ones. */
export interface Words<T> {
  vi: T;
  en: T;
}

export function words<T>(vi: T, en: NoInfer<T>): Words<T> {
  return { vi, en };
}

/** The words in the reader's language. */
export function useText<T>(all: Words<T>): T {
  return all[usePreferences().language];
}

export function useLanguage(): Language {
  return usePreferences().language;
}

/** The part of a { vi, en } pair in the reader's language: labels, titles and messages that come from core or the server. */
export function useReading(): (pair: { vi: string; en: string }) => string {
  const language = useLanguage();
  return (pair) => pair[language];
}
