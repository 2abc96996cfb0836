import '#web/entrances/entrances.css';
import './rights.css';
import { type ReactNode, useId } from 'react';
import type { Problem } from '#web/client/index.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useRightsTexts } from './rights-texts.ts';

export type Words = { zh: string; en: string };
export type PolicyView = { id: string; effect: 'permit' | 'forbid'; words: Words; text: string; source: string };
export type CaseView = {
  who: string;
  does: string;
  expect: 'allow' | 'deny';
  why: Words;
  passed: boolean;
  got: 'allow' | 'deny';
  reasons: string[];
};

/** Frame of a page about rights: title, one sentence, what went wrong. */
export function RightsPage(props: {
  title: string;
  lead: string;
  problem?: Problem | null;
  onRetry?: () => void;
  children: ReactNode;
}) {
  const { me } = useSession();
  return (
    <article className="rights">
      <header>
        <h1>
          {props.title} {me.sample && <SampleBadge />}
        </h1>
        {props.lead && <p className="soft">{props.lead}</p>}
      </header>
      {props.problem && <RefusalPanel problem={props.problem} onRetry={props.onRetry} />}
      {props.children}
    </article>
  );
}

type Marks = { 'aria-invalid'?: true; 'aria-describedby'?: string };

/** A labelled field of a form; `children` gets the id, and what marks the control as the one that is wrong (`fault`). */
export function Field(props: {
  label: string;
  id?: string;
  fault?: string;
  children: (id: string, marks: Marks) => ReactNode;
}) {
  const own = useId();
  const { label, fault, id = own, children } = props;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id, fault === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': `${id}-error` })}
      {fault !== undefined && (
        <p className="field-error" id={`${id}-error`}>
          {fault}
        </p>
      )}
    </div>
  );
}

/** One policy (策略): what it means, its id, and the text as it stands. */
export function PolicyItem({ policy }: { policy: PolicyView }) {
  const { t, say } = useRightsTexts();
  return (
    <li>
      <p>
        <span className="badge">{t(`policies.${policy.effect}`)}</span> {say(policy.words)}
      </p>
      <details>
        <summary>
          {t('policies.text')} <code>{policy.id}</code>
        </summary>
        <pre>{policy.text}</pre>
        <p className="soft">{policy.source.startsWith('manifest of ') ? t('policies.manifest') : policy.source}</p>
      </details>
    </li>
  );
}

/** Cases (用例) with what came out. */
export function CaseList({ cases, titleOf }: { cases: readonly CaseView[]; titleOf: (id: string) => string }) {
  const { t, say } = useRightsTexts();
  return (
    <ul className="cases">
      {cases.map((one, i) => (
        <li key={`${one.who} ${one.does} ${i}`}>
          <span className={one.passed ? 'tone-done' : 'tone-now'}>
            {one.passed ? `✓ ${t('policies.passed')}` : `✗ ${t('policies.failed')}`}
          </span>{' '}
          {titleOf(one.who)} · {titleOf(one.does)} → {t(`policies.${one.expect}`)}：{say(one.why)}
        </li>
      ))}
    </ul>
  );
}
