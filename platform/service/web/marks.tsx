import { useServiceTexts } from './texts.ts';

/** Online depth (网办深度) in four steps, with its name: never by colour alone. */
export function DepthMark({ depth }: { depth: number }) {
  const { t } = useServiceTexts();
  return (
    <span className="svc-depth">
      <i aria-hidden="true">
        {[1, 2, 3, 4].map((step) => (
          <b key={step} data-on={step <= depth} />
        ))}
      </i>
      {t(`depths.${depth}`)}
    </span>
  );
}
