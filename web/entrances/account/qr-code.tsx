import qrcode from 'qrcode-generator';

/** Light modules around the code that readers need. */
const QUIET = 4;

/** A QR code as one SVG path: ink on the panel, which is dark on light in every entrance that shows it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const all = Array.from({ length: count }, (_, at) => at);
  const path = all
    .flatMap((y) => all.filter((x) => code.isDark(y, x)).map((x) => `M${x + QUIET} ${y + QUIET}h1v1h-1z`))
    .join('');
  const side = count + 2 * QUIET;
  return (
    <svg className="qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={side} height={side} />
      <path d={path} />
    </svg>
  );
}
