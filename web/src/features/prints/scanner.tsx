import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { printsText } from '../../text/prints.ts';
import { useText } from '../../text/words.ts';
import { Failure } from '../../ui/failure.tsx';
import { codeInQr } from './scan-code.ts';

/** Not in the types of the browser yet: https://wicg.github.io/shape-detection-api/ */
interface BarcodeDetector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type BarcodeDetectorClass = new (options: { formats: string[] }) => BarcodeDetector;

const Detector = (globalThis as { BarcodeDetector?: BarcodeDetectorClass }).BarcodeDetector;
/** Some browsers have the class and read no QR codes; most have no class at all. */
export const mayScan = Detector !== undefined && 'mediaDevices' in navigator;

const pauseMs = 200;

/** Looks through the camera until it sees the QR code of a print. Nothing leaves the device but the code. */
export function Scanner({ onCode, onClose }: { onCode: (code: string) => void; onClose: () => void }) {
  const t = useText(printsText);
  const video = useRef<HTMLVideoElement>(null);
  const [trouble, setTrouble] = useState<'denied' | 'foreign' | null>(null);
  const found = useRef(onCode);
  useEffect(() => {
    found.current = onCode;
  });
  useEffect(() => {
    const stop = new AbortController();
    watch(video.current!, stop.signal, (content) => {
      const code = codeInQr(content);
      if (code) found.current(code);
      else setTrouble('foreign');
      return code !== undefined;
    }).catch(() => setTrouble('denied'));
    return () => stop.abort();
  }, []);
  return (
    <div className="kv-stack">
      {trouble === 'denied' ? (
        <Failure>{t.scanDenied}</Failure>
      ) : (
        <video ref={video} className="kv-check__video" muted playsInline aria-label={t.scanHelp} />
      )}
      <p role="status">{trouble === 'foreign' ? t.scanForeign : t.scanHelp}</p>
      <div className="kv-row">
        <Button onClick={onClose}>{t.scanStop}</Button>
      </div>
    </div>
  );
}

async function watch(video: HTMLVideoElement, signal: AbortSignal, see: (content: string) => boolean): Promise<void> {
  const detector = new Detector!({ formats: ['qr_code'] });
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  try {
    video.srcObject = stream;
    if (!signal.aborted) await video.play();
    while (!signal.aborted) {
      const [seen] = await detector.detect(video);
      if (seen && see(seen.rawValue)) return;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}
