import { Link } from 'react-router';
import { call, Problem, useApi } from '#web/client/index.ts';
import { PurposeLine, usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import type { FoundBuilding, FoundPerson } from '#web/entrances/shared/shapes.ts';
import { useWords } from '#web/entrances/shared/texts.ts';
import { ageOn, valueText } from '#web/entrances/shared/value-text.ts';
import { useGovTexts } from './texts.ts';

type FoundEntity = { uscc: string; name: string | null; address?: string | null; status?: string | null };

const USCC = /^[0-9A-HJ-NPQRTUWXY]{18}$/i;
const looksLikeAddress = (q: string) => /[路弄号街]/.test(q);

/** A refusal by post is an empty list here: whoever may not see enterprises still finds people. */
const orNone = async <T,>(reply: Promise<T>, none: T): Promise<T> => {
  try {
    return await reply;
  } catch (thrown) {
    if (thrown instanceof Problem && (thrown.status === 403 || thrown.status === 404)) return none;
    throw thrown;
  }
};

/** What was found (查找结果): people (once a purpose is stated), enterprises and buildings, each leading to its card. */
export function FindResults({ q }: { q: string }) {
  const t = useGovTexts();
  const { language } = useWords();
  const purpose = usePurpose('find', t('results.personPurpose'));
  const { headers, code } = purpose;
  const person = !looksLikeAddress(q) && !USCC.test(q);
  const text = encodeURIComponent(q);
  const people = useApi(person && code ? `find people ${q} ${code}` : null, (signal) =>
    call<{ persons: FoundPerson[] }>(`/api/population/persons?q=${text}`, { signal, headers }),
  );
  const places = useApi(`find places ${q}`, (signal) =>
    call<{ building: FoundBuilding | null }>(`/api/space/address?text=${text}`, { signal }),
  );
  const firms = useApi(code ? `find firms ${q} ${code}` : null, (signal) =>
    orNone(call<{ entities: FoundEntity[] }>(`/api/legal-entity/entities?q=${text}`, { signal, headers }), {
      entities: [],
    }),
  );
  const building = places.data?.building;
  const persons = people.data?.persons ?? [];
  const entities = firms.data?.entities ?? [];
  const loading = people.loading || places.loading || firms.loading;
  const nothing = !loading && code && !building && persons.length === 0 && entities.length === 0 && !people.problem;
  return (
    <div className="results" aria-live="polite">
      {loading && <p className="soft">{t('results.searching')}</p>}
      {building && (
        <section>
          <h2>{t('results.buildings')}</h2>
          <ul className="people">
            <li>
              <Link to={`/gov/buildings/${building.code}`}>{building.address ?? building.code}</Link>
              <span className="soft">{building.name}</span>
            </li>
          </ul>
        </section>
      )}
      {!code && (
        <p className="notice">
          {t('results.askPurpose')}{' '}
          <button type="button" className="primary" onClick={() => void purpose.ask()}>
            {t('purpose.ask', { ns: 'shell' })}
          </button>
        </p>
      )}
      <PurposeLine purpose={purpose} />
      {people.problem && <RefusalPanel problem={people.problem} onRetry={people.reload} />}
      {persons.length > 0 && (
        <section>
          <h2>{t('results.persons')}</h2>
          <ul className="people">
            {persons.map((found) => (
              <li key={found.pid}>
                <Link to={`/gov/persons/${found.pid}`}>{found.name}</Link>
                <span className="soft">
                  {[
                    valueText('sex', found.sex, language),
                    ageOn(found.birthDate) !== null && t('results.age', { n: ageOn(found.birthDate) }),
                    found.address,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {entities.length > 0 && (
        <section>
          <h2>{t('results.enterprises')}</h2>
          <ul className="people">
            {entities.map((found) => (
              <li key={found.uscc}>
                <Link to={`/gov/entities/${found.uscc}`}>{found.name ?? found.uscc}</Link>
                <span className="soft">{[found.uscc, found.status, found.address].filter(Boolean).join(' · ')}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {nothing && <p className="soft">{t('results.none', { q })}</p>}
    </div>
  );
}
