import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { asProblem, call, type Problem, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { ageOn, valueText } from '#web/entrances/shared/value-text.ts';
import { useWords } from '#web/entrances/shared/texts.ts';
import type { Purpose } from './desk.tsx';
import { useDeskTexts } from './texts.ts';

type Page = Reply<'/api/community/committees/{code}/residents'>;
type Buildings = Reply<'/api/community/committees/{code}/buildings'>;
type Resident = Page['residents'][number];

/** Residents of a committee in the order of their homes; j and k move, Enter opens the household, / goes to the name. */
export function ResidentList({
  committee,
  purpose,
  chosen,
  onHousehold,
  onBack,
}: {
  committee: string;
  purpose: Purpose;
  chosen: string | null;
  onHousehold: (householdNo: string | null) => void;
  onBack: () => void;
}) {
  const t = useDeskTexts();
  const [search, setSearch] = useSearchParams();
  const building = search.get('building') ?? '';
  const [name, setName] = useState('');
  const { headers, code } = purpose;
  const buildings = useApi(`buildings ${committee} ${code}`, (signal) =>
    call<Buildings>(`/api/community/committees/${committee}/buildings`, { signal, headers }),
  );
  const query = new URLSearchParams({ ...(building ? { building } : {}), ...(name ? { name } : {}) });
  const load = (after: string | null, signal?: AbortSignal) => {
    const more = new URLSearchParams(query);
    if (after) more.set('after', after);
    return call<Page>(`/api/community/committees/${committee}/residents?${more}`, { signal, headers });
  };
  const first = useApi(`residents ${committee} ${query} ${code}`, (signal) => load(null, signal));
  const setBuilding = (value: string) =>
    setSearch((old) => {
      if (value) old.set('building', value);
      else old.delete('building');
      return old;
    });
  return (
    <section className="desk-residents" aria-label={first.data?.committee.name}>
      <header>
        <button type="button" className="link desk-back" onClick={onBack}>
          ← {t('back')}
        </button>
        <h2>{first.data?.committee.name ?? ' '}</h2>
        <label>
          {t('building')}
          <select value={building} onChange={(event) => setBuilding(event.target.value)}>
            <option value="">{t('allBuildings')}</option>
            {buildings.data?.buildings.map((entry) => (
              <option key={entry.code} value={entry.code}>
                {`${entry.address ?? entry.code}（${entry.households} ${t('households')} ${entry.residents} ${t('residents')}）`}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('name')}
          <input
            id="desk-name"
            type="search"
            value={name}
            placeholder={t('namePlaceholder')}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <p className="soft desk-keys">{t('keys')}</p>
      </header>
      {first.problem && <RefusalPanel problem={first.problem} onRetry={first.reload} />}
      {first.loading && !first.data && <p className="soft">{t('loading')}</p>}
      {first.data && first.data.residents.length === 0 && (
        <EmptyState
          title={t('none')}
          text={t('noneText')}
          act={
            <button
              type="button"
              onClick={() => {
                setName('');
                setBuilding('');
              }}
            >
              {t('clear')}
            </button>
          }
        />
      )}
      {first.data && first.data.residents.length > 0 && (
        <Rows
          key={`${query} ${first.loadedAt}`}
          first={first.data}
          load={load}
          chosen={chosen}
          onHousehold={onHousehold}
        />
      )}
    </section>
  );
}

function Rows({
  first,
  load,
  chosen,
  onHousehold,
}: {
  first: Page;
  load: (after: string | null) => Promise<Page>;
  chosen: string | null;
  onHousehold: (householdNo: string | null) => void;
}) {
  const t = useDeskTexts();
  const { language } = useWords();
  const [rows, setRows] = useState(first.residents);
  const [next, setNext] = useState(first.next);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [at, setAt] = useState(0);
  const body = useRef<HTMLTableSectionElement>(null);
  const focus = (index: number) => {
    const to = Math.max(0, Math.min(rows.length - 1, index));
    setAt(to);
    const row = body.current?.children[to];
    if (row instanceof HTMLElement) row.focus();
  };
  useEffect(() => {
    const key = (event: globalThis.KeyboardEvent) => {
      const { target } = event;
      if (target instanceof HTMLElement && target.matches('input,select,textarea,dialog *')) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '/') {
        event.preventDefault();
        document.getElementById('desk-name')?.focus();
      } else if (event.key === 'j' || event.key === 'k') focus(at + (event.key === 'j' ? 1 : -1));
    };
    addEventListener('keydown', key);
    return () => removeEventListener('keydown', key);
  });
  const keys = (event: KeyboardEvent, index: number, resident: Resident) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      focus(index + (event.key === 'ArrowDown' ? 1 : -1));
    }
    if (event.key === 'Enter') onHousehold(resident.householdNo);
  };
  const more = async () => {
    try {
      const page = await load(next);
      setRows([...rows, ...page.residents]);
      setNext(page.next);
      setProblem(null);
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  };
  return (
    <>
      <div className="table table-scroll" role="region" aria-label={first.committee.name} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('name')}</th>
              <th scope="col">{t('sex')}</th>
              <th scope="col" className="is-number">
                {t('age')}
              </th>
              <th scope="col">{t('home')}</th>
              <th scope="col">{t('relation')}</th>
              <th scope="col">{t('members')}</th>
            </tr>
          </thead>
          <tbody ref={body}>
            {rows.map((resident, index) => (
              <tr
                key={resident.pid}
                tabIndex={index === at ? 0 : -1}
                data-open
                aria-selected={chosen !== null && resident.householdNo === chosen}
                onFocus={() => setAt(index)}
                onKeyDown={(event) => keys(event, index, resident)}
                onClick={() => onHousehold(resident.householdNo)}
              >
                <td>
                  <b>{resident.name}</b>
                </td>
                <td>{valueText('sex', resident.sex, language)}</td>
                <td className="is-number">{ageOn(resident.birthDate) ?? '—'}</td>
                <td>
                  {resident.buildingAddress
                    ? `${resident.buildingAddress} ${resident.room ?? ''}`
                    : (resident.address ?? t('noAddress'))}
                </td>
                <td>{resident.relation ?? '—'}</td>
                <td>{resident.household ? t('membersValue', { n: resident.household.members }) : '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {problem && <RefusalPanel problem={problem} onRetry={() => void more()} />}
      {next && (
        <p className="desk-more">
          <button type="button" onClick={() => void more()}>
            {t('more')}
          </button>
        </p>
      )}
    </>
  );
}
