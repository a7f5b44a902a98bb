import { useEffect, useRef } from 'react';

export interface SeriesLine {
  name: string;
  values: Array<number | null>;
}

/** Lines over the years. The table below it says the same in numbers, so readers of the screen are spared it. */
export function SeriesChart({ years, lines }: { years: string[]; lines: SeriesLine[] }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    let end = () => {};
    let isGone = false;
    void import('./series-drawing.ts').then(({ drawSeries }) => {
      if (!isGone) end = drawSeries(element, years, lines);
    });
    return () => {
      isGone = true;
      end();
    };
  }, [years, lines]);
  return <div ref={place} className="kv-chart" aria-hidden />;
}
