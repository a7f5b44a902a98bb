import './prints.css';
import { Download, ExternalLink } from 'lucide-react';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useMemo } from 'react';
import type { Endpoint, ParamsOf, QueryInputOf } from '@khuevan/core/contract/endpoint.ts';
import { addressOf, fetchFile, saveFile } from '../../api.ts';
import { Loaded } from '../../loaded.tsx';
import { keyOf } from '../../query.ts';
import { printsText } from '../../text/prints.ts';
import { useText } from '../../text/words.ts';

interface PdfViewProps<E extends Endpoint> {
  endpoint: E;
  params: ParamsOf<E>;
  query?: QueryInputOf<E>;
  name: string;
  /** Changes when the print must be made anew. */
  version?: string | number;
}

/** A print in the page. The browser's own reader shows it; telephones and browsers without one open or save the file. */
export function PdfView<E extends Endpoint>({ endpoint, params, query, name, version = 0 }: PdfViewProps<E>) {
  const t = useText(printsText);
  const input = { params, ...(query && { query }) };
  const file = useQuery({
    queryKey: [...keyOf(endpoint, input), 'file', version],
    queryFn: ({ signal }) => fetchFile(endpoint, { ...input, signal }),
    staleTime: 60_000,
    gcTime: 60_000,
  });
  return (
    <Loaded query={file} busy={t.loading}>
      {(loaded) => (
        <div className="kv-pdf">
          <div className="kv-row">
            <a
              className="kv-button-link kv-button-link--plain"
              href={addressOf(endpoint, input)}
              target="_blank"
              rel="noreferrer"
            >
              <ExternalLink size={15} aria-hidden /> {t.open}
            </a>
            <Button icon={<Download size={15} aria-hidden />} onClick={() => saveFile(loaded)}>
              {t.download}
            </Button>
            <span className="kv-muted">{showsPdf ? t.frameHelp : t.phoneHelp}</span>
          </div>
          {showsPdf && <Frame content={loaded.content} label={t.frameLabel(name)} />}
        </div>
      )}
    </Loaded>
  );
}

/** Browsers say whether a page may hold a PDF; telephones may not. */
const showsPdf = navigator.pdfViewerEnabled;

function Frame({ content, label }: { content: Blob; label: string }) {
  const address = useMemo(() => URL.createObjectURL(content), [content]);
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  return <iframe className="kv-pdf__frame" src={address} title={label} />;
}
