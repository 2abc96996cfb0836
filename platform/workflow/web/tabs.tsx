import { type KeyboardEvent, type ReactNode, useId } from 'react';

/** Panels of which one is shown (WAI-ARIA tabs): arrows move between them. */
export function Tabs({
  label,
  tabs,
  at,
  onGo,
  children,
}: {
  label: string;
  tabs: readonly { id: string; title: string; count?: number }[];
  at: string;
  onGo: (id: string) => void;
  children: ReactNode;
}) {
  const id = useId();
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const place = tabs.findIndex((tab) => tab.id === at);
    const next = tabs[(place + step + tabs.length) % tabs.length];
    if (!next) return;
    onGo(next.id);
    document.getElementById(`${id}-${next.id}`)?.focus();
  };
  return (
    <>
      <div className="process-tabs" role="tablist" aria-label={label}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            id={`${id}-${tab.id}`}
            type="button"
            role="tab"
            aria-selected={tab.id === at}
            aria-controls={`${id}-panel`}
            tabIndex={tab.id === at ? 0 : -1}
            onKeyDown={move}
            onClick={() => onGo(tab.id)}
          >
            {tab.title}
            {tab.count !== undefined && tab.count > 0 && <small> {tab.count}</small>}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${at}`} tabIndex={0} className="process-panel">
        {children}
      </div>
    </>
  );
}
