import { useRef } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { Clock } from '#web/design/clock.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { LevelMark } from './parts.tsx';
import { useEvaluationTexts } from './texts.ts';

type Appeal = Reply<'/api/evaluation/appeals'>['appeals'][number];

/** Appeals to decide (监察申诉): the ground, the document, the time that is left, and the decision beside them. */
export default function AppealsPage() {
  const { t } = useEvaluationTexts();
  const list = useApi('appeals', (signal) => call<{ appeals: Appeal[] }>('/api/evaluation/appeals', { signal }));
  return (
    <div className="supervision" aria-busy={list.loading}>
      <header>
        <h1>{t('toDecide')}</h1>
        <p className="soft">{t('toDecideLead')}</p>
      </header>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {list.data?.appeals.length === 0 && <EmptyState title={t('noneToDecide')} text={t('noneToDecideText')} />}
      <ul className="supervision-signals">
        {list.data?.appeals.map((appeal) => (
          <AppealRow key={appeal.id} appeal={appeal} onDecided={list.reload} />
        ))}
      </ul>
    </div>
  );
}

function AppealRow({ appeal, onDecided }: { appeal: Appeal; onDecided: () => void }) {
  const { t, word } = useEvaluationTexts();
  const unitName = useUnitName();
  const opinion = useRef<HTMLTextAreaElement>(null);
  const { busy, problem, submit } = useSubmit((body: { decision: 'upheld' | 'refused'; opinion: string }, key) =>
    call(`/api/evaluation/appeals/${appeal.id}/decision`, { method: 'POST', body, headers: key }),
  );
  const decide = async (decision: 'upheld' | 'refused') => {
    if (!opinion.current?.reportValidity()) return;
    if ((await submit({ decision, opinion: opinion.current.value })) !== undefined) onDecided();
  };
  return (
    <li>
      <p>
        <LevelMark level={appeal.level} />
        <b>{appeal.caseNo}</b>
        <span>{word('steps', appeal.step, appeal.app)}</span>
        <span className="soft">
          {unitName(appeal.unit)} {appeal.filedName}
        </span>
      </p>
      <p>{appeal.ground}</p>
      <p>
        <a href={`/api/document/files/${appeal.document}/content`}>{t('openDocument')}</a>
      </p>
      <Clock clock={appeal.clock} />
      <form onSubmit={(event) => event.preventDefault()}>
        <label htmlFor={`opinion-${appeal.id}`}>{t('opinion')}</label>
        <textarea id={`opinion-${appeal.id}`} ref={opinion} minLength={4} maxLength={1000} rows={3} required />
        {problem && <RefusalPanel problem={problem} />}
        <div className="acts">
          <button type="button" className="primary" disabled={busy} onClick={() => void decide('upheld')}>
            {t('uphold')}
          </button>
          <button type="button" disabled={busy} onClick={() => void decide('refused')}>
            {t('refuse')}
          </button>
        </div>
      </form>
    </li>
  );
}
