import { type PointerEvent, useEffect, useRef, useState } from 'react';

/** Less than this many points is a slip of the hand and no signature. */
const LEAST_POINTS = 12;

/** Room for a signature (签名): by finger, pen or mouse; what comes out is a picture. */
export function SignaturePad({
  label,
  clear,
  onStroke,
}: {
  label: string;
  clear: string;
  onStroke: (picture: string | null) => void;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const points = useRef(0);
  const [drawing, setDrawing] = useState(false);
  const fit = () => {
    const pad = canvas.current;
    if (!pad) return;
    pad.width = pad.clientWidth;
    pad.height = pad.clientHeight;
    points.current = 0;
  };
  useEffect(fit, []);
  const context = () => canvas.current?.getContext('2d') ?? null;
  const at = (event: PointerEvent) => ({ x: event.nativeEvent.offsetX, y: event.nativeEvent.offsetY });
  const down = (event: PointerEvent<HTMLCanvasElement>) => {
    const pen = context();
    if (!pen) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pen.lineWidth = 3;
    pen.lineCap = 'round';
    pen.strokeStyle = getComputedStyle(event.currentTarget).color;
    const { x, y } = at(event);
    pen.beginPath();
    pen.moveTo(x, y);
    setDrawing(true);
  };
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    const pen = context();
    if (!drawing || !pen) return;
    const { x, y } = at(event);
    pen.lineTo(x, y);
    pen.stroke();
    points.current += 1;
  };
  const up = () => {
    if (!drawing) return;
    setDrawing(false);
    onStroke(points.current >= LEAST_POINTS ? (canvas.current?.toDataURL('image/png') ?? null) : null);
  };
  return (
    <>
      <canvas
        ref={canvas}
        className="screen-pad"
        role="img"
        aria-label={label}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
      />
      <div className="acts">
        <button
          type="button"
          onClick={() => {
            fit();
            onStroke(null);
          }}
        >
          {clear}
        </button>
      </div>
    </>
  );
}
