import { type FormEvent, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { type CertificateStateText, useWalletTexts } from './wallet-texts.ts';
import './cases.css';

type List = Reply<'/api/service/certificates'>;
type Found = Reply<'/api/service/certificates/search', 'post'>;

/** Certificates that the unit has issued (本单位颁发的证照), the newest first: numbers and states, no names. */
export default function CertificatesPage() {
  const { t } = useWalletTexts();
  const [search, setSearch] = useSearchParams();
  const state = search.get('state') ?? undefined;
  const list = useApi(`certificates ${state ?? ''}`, (signal) =>
    call<List>(`/api/service/certificates${state ? `?${new URLSearchParams({ state })}` : ''}`, { signal }),
  );
  const [found, setFound] = useState<Found>();
  const shown: readonly Row[] = found?.certificates ?? list.data?.certificates ?? [];
  const counts = list.data?.counts ?? [];
  const pick = (only: Record<string, string>) => {
    setFound(undefined);
    setSearch(only);
  };
  return (
    <div className="cases">
      <header className="dc-head">
        <h1>
          {t('desk')} {shown.some(({ sample }) => sample) && <SampleBadge />}
        </h1>
        <p className="soft">{t('deskLead')}</p>
      </header>
      <Find onFound={setFound} />
      <div className="acts" role="group" aria-label={t('desk')}>
        <button type="button" aria-pressed={!state && !found} onClick={() => pick({})}>
          {t('all')}
        </button>
        {counts.map(({ state: each, n }) => (
          <button
            type="button"
            key={each}
            aria-pressed={each === state && !found}
            onClick={() => pick({ state: each })}
          >
            {t(`state.${each as CertificateStateText}`)} {n}
          </button>
        ))}
      </div>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {(found ?? list.data) && shown.length === 0 && <EmptyState title={t('deskNone')} text={t('deskNoneText')} />}
      <ul className="case-list">
        {shown.map((row) => (
          <Entry key={row.id} row={row} />
        ))}
      </ul>
    </div>
  );
}

type Row = Pick<
  List['certificates'][number],
  'id' | 'number' | 'version' | 'title' | 'state' | 'issuedOn' | 'validUntil' | 'sample'
>;

function Entry({ row }: { row: Row }) {
  const { t, language } = useWalletTexts();
  return (
    <li>
      <Link to={`/gov/certificates/${row.id}`}>
        <div>
          <b>{row.title[language]}</b>
          <span className="soft case-code">{row.number}</span>
        </div>
        <div>
          <span className="badge">{t(`state.${row.state as CertificateStateText}`)}</span>
          <small className="soft">{t('version', { n: row.version })}</small>
        </div>
        <div>
          <span className="soft">{t('issued', { day: row.issuedOn })}</span>
          <span className="soft">{row.validUntil ? t('until', { day: row.validUntil }) : t('forever')}</span>
        </div>
      </Link>
    </li>
  );
}

/** By number or by whoever holds it: that is a look at a person, for a purpose. */
function Find({ onFound }: { onFound: (found: Found) => void }) {
  const { t } = useWalletTexts();
  const purpose = usePurpose('certificates', t('subject'), ['handle-case']);
  const { busy, problem, submit } = useSubmit(({ text, code }: { text: string; code: string }) =>
    call<Found>('/api/service/certificates/search', { method: 'POST', body: { text }, headers: { 'x-purpose': code } }),
  );
  const find = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('text') ?? '').trim();
    const code = await purpose.ask();
    if (!code) return;
    const found = await submit({ text, code });
    if (found) onFound(found);
  };
  return (
    <form className="acts" role="search" onSubmit={(event) => void find(event)}>
      <label>
        {t('find')} <input name="text" type="search" minLength={4} maxLength={140} required />
      </label>
      <button type="submit" disabled={busy}>
        {t('findAct')}
      </button>
      {problem && <RefusalPanel problem={problem} />}
    </form>
  );
}
