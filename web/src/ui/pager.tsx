import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from 'antd';
import { generalText } from '../text/general.ts';
import { useText } from '../text/words.ts';

interface PagerProps {
  page: number;
  pageSize: number;
  total: number;
  onPage: (page: number) => void;
}

/** Pages of a list; nothing where one page holds all. */
export function Pager({ page, pageSize, total, onPage }: PagerProps) {
  const t = useText(generalText);
  const pages = Math.max(1, Math.ceil(total / pageSize));
  if (pages === 1) return null;
  return (
    <nav className="kv-row" aria-label={t.page(page, pages)}>
      <Button
        icon={<ChevronLeft size={16} />}
        aria-label={t.previousPage}
        disabled={page <= 1}
        onClick={() => onPage(page - 1)}
      />
      <span>{t.page(page, pages)}</span>
      <Button
        icon={<ChevronRight size={16} />}
        aria-label={t.nextPage}
        disabled={page >= pages}
        onClick={() => onPage(page + 1)}
      />
    </nav>
  );
}
