import { Link } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { StateBadge, useClasses } from './grid-parts.tsx';
import { useGridTexts } from './grid-texts.ts';

type Orphans = Reply<'/api/incident/orphans'>;
type Line = Orphans['units'][number]['lines'][number];

/**
 * What belongs to units that were abolished (撤销单位遗留事项), with those that do their work now; nothing where there is none. Cases are passed on at
 * their own page, a line of the table is proposed here and approved by another person.
 */
export function OrphansPart({ onProposed }: { onProposed?: () => void }) {
  const { t, language } = useGridTexts();
  const { me } = useSession();
  const classes = useClasses();
  const found = useApi('incident orphans', (signal) => call<Orphans>('/api/incident/orphans', { signal }));
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call('/api/incident/responsibility', { method: 'POST', body, headers: key }),
  );
  const proposes = me.kind === 'duty-officer' || me.kind === 'street-clerk';
  const propose = async (line: Line, unit: string, before: string) => {
    const { class: code, place, owner } = line;
    const body = {
      class: code,
      place,
      ...(owner !== null && { owner }),
      unit,
      reason: t('orphanReason', { unit: before }),
    };
    if ((await submit(body)) === undefined) return;
    found.reload();
    onProposed?.();
  };
  if (found.problem) return <RefusalPanel problem={found.problem} onRetry={found.reload} />;
  if ((found.data?.units.length ?? 0) === 0) return null;
  return (
    <section aria-label={t('orphans')}>
      <h2>{t('orphans')}</h2>
      <p className="soft">{t('orphansLead')}</p>
      {problem && <RefusalPanel problem={problem} />}
      <ul className="grid-twins">
        {found.data?.units.map(({ unit, name, successors, cases, lines }) => (
          <li key={unit}>
            <b>{t('orphan', { unit: name[language] })}</b>
            <span>
              {successors.length > 0
                ? t('orphanTo', { units: successors.map((each) => each.name[language]).join('、') })
                : t('orphanNone')}
            </span>
            {cases.length > 0 && <span>{t('orphanCases', { n: cases.length })}</span>}
            {cases.map((each) => (
              <span key={each.no}>
                <Link to={`/gov/incidents/${each.no}`}>{each.description}</Link> <StateBadge state={each.state} />
              </span>
            ))}
            {lines.map((line) => (
              <span key={line.id} className="grid-acts">
                <span>
                  {classes.get(line.class)?.name[language] ?? line.class} · {line.place}
                </span>
                {line.asked && <span className="soft">{t('orphanAsked')}</span>}
                {!line.asked &&
                  proposes &&
                  successors.map((each) => (
                    <button
                      key={each.code}
                      type="button"
                      disabled={busy}
                      onClick={() => void propose(line, each.code, name[language])}
                    >
                      {t('orphanLine', { unit: each.name[language] })}
                    </button>
                  ))}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
