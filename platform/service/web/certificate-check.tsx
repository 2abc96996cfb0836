import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { call } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatAge, formatMoment } from '#web/design/format.ts';
import { keepPage, keptLists, keepLists } from './offline-page.ts';
import { type Checked, checkCode, codeIn, type Lists } from './read-code.ts';
import { type CertificateStateText, useWalletTexts } from './wallet-texts.ts';
import './wallet.css';

type Online = Reply<'/api/service/certificates/verify', 'post'>;
const OLD_MS = 24 * 3_600_000;

/**
 * Check of a certificate (证照核验) from its code, for anybody. It is checked here, by the published lists that this device keeps: no network is
 * needed after the first visit, and the page says how old its lists are. With a network the state of this moment is asked for as well.
 */
export default function CertificateCheckPage() {
  const { t, language } = useWalletTexts();
  const [lists, setLists] = useState<Lists | undefined>(keptLists);
  const [offline, setOffline] = useState(false);
  const [code, setCode] = useState(() => decodeURIComponent(codeIn(location.hash)));
  const [checked, setChecked] = useState<Checked>();
  const [online, setOnline] = useState<Online>();

  const refresh = useCallback(async (): Promise<Lists | undefined> => {
    try {
      const fresh = await call<Lists>('/api/service/certificates/lists', {});
      keepLists(fresh);
      setLists(fresh);
      setOffline(false);
      return fresh;
    } catch {
      setOffline(true);
      return keptLists();
    }
  }, []);

  const check = useCallback(
    async (text: string, holder?: { name: string; tail: string }) => {
      setOnline(undefined);
      const kept = (await refresh()) ?? keptLists();
      if (!kept) return;
      const found = checkCode({ code: text, lists: kept, now: new Date(), ...(holder && { holder }) });
      setChecked(found);
      if (found.identifier === undefined || found.result === 'forged') return;
      const body = { identifier: found.identifier };
      await call<Online>('/api/service/certificates/verify', { method: 'POST', body }).then(setOnline, () =>
        setOffline(true),
      );
    },
    [refresh],
  );

  useEffect(() => {
    void keepPage();
    const read = () => {
      const text = decodeURIComponent(codeIn(location.hash));
      setCode(text);
      if (text === '') void refresh();
      else void check(text);
    };
    read();
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, [check, refresh]);

  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [name, tail] = [String(form.get('name') ?? ''), String(form.get('tail') ?? '')];
    void check(String(form.get('code') ?? ''), name.trim() === '' ? undefined : { name, tail });
  };
  const age = lists ? Date.now() - Date.parse(lists.at) : 0;
  return (
    <div className="check">
      <header>
        <h1>{t('checkTitle')}</h1>
        <p className="soft">{t('checkLead')}</p>
      </header>
      {checked && <Result checked={checked} online={online} offline={offline} />}
      <form onSubmit={send} key={code}>
        <label>
          {t('code')}
          <textarea name="code" rows={4} defaultValue={code} required spellCheck={false} />
        </label>
        <div className="check-who">
          <label>
            {t('name')}
            <input name="name" maxLength={80} autoComplete="off" />
          </label>
          <label>
            {t('tail')}
            <input name="tail" maxLength={4} autoComplete="off" />
          </label>
        </div>
        <button type="submit" className="primary">
          {t('verify')}
        </button>
      </form>
      <div className="check-lists" role="status">
        {lists ? (
          <span>
            {t('listsOf', { when: formatMoment(lists.at, { language }) })}
            {language === 'zh' ? '，' : ', '}
            {age < 60_000 ? t('fresh') : t('old', { age: formatAge(lists.at, { language }) })}
          </span>
        ) : (
          <span>{t('noLists')}</span>
        )}
        <button type="button" className="link" onClick={() => void refresh()}>
          {t('refresh')}
        </button>
        {age > OLD_MS && <span className="check-warn">{t('oldWarn')}</span>}
      </div>
    </div>
  );
}

function Result({ checked, online, offline }: { checked: Checked; online: Online | undefined; offline: boolean }) {
  const { t, language } = useWalletTexts();
  // Online knows more of the state; only this device has looked at the signature.
  const ended = online !== undefined && !online.valid && checked.result === 'holds';
  const tone = ended
    ? 'bad'
    : checked.result === 'holds'
      ? checked.holder === 'differs'
        ? 'bad'
        : 'done'
      : (TONES[checked.result] ?? 'bad');
  return (
    <section
      className="check-result"
      data-tone={tone}
      data-result={ended ? online.state : checked.result}
      role="status"
    >
      <h2>
        <span aria-hidden="true">{tone === 'done' ? '✓' : '✕'}</span>{' '}
        {ended ? t(`state.${online.state as CertificateStateText}`) : t(`result.${checked.result}`)}
      </h2>
      {checked.holder && <p>{t(`holderIs.${checked.holder}`)}</p>}
      {checked.identifier && (
        <dl className="wallet-facts">
          {checked.title && (
            <>
              <dt>{t('type')}</dt>
              <dd>
                <b>{checked.title}</b>
              </dd>
            </>
          )}
          <dt>{t('issuer')}</dt>
          <dd>{checked.issuer}</dd>
          {checked.kind === 'certificate' && (
            <>
              <dt>{t('validity')}</dt>
              <dd>{t('validFromTo', { from: checked.from, until: checked.until ?? t('forever') })}</dd>
            </>
          )}
          <dt>{t('identifier')}</dt>
          <dd>{checked.identifier}</dd>
        </dl>
      )}
      {checked.fields && (
        <>
          <h3>{t('shown')}</h3>
          <dl className="wallet-facts">
            {Object.entries(checked.fields).map(([title, value]) => (
              <div key={title} style={{ display: 'contents' }}>
                <dt>{title}</dt>
                <dd>
                  <b>{value}</b>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <p className="soft">
        {online ? `${t('online')} · ${formatMoment(online.at, { language })}` : offline ? t('offline') : ''}
      </p>
    </section>
  );
}

const TONES: Partial<Record<Checked['result'], 'bad' | 'soon'>> = {
  late: 'soon',
  'not-yet': 'soon',
  unreadable: 'soon',
  key: 'soon',
};
