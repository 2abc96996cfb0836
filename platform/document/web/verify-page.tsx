import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api, read, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatBytes, formatExact } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { Upload } from '#web/design/upload.tsx';
import './document.css';
import './texts.ts';

type Verified = Reply<'/api/document/verify', 'post'>;
type Answer = Verified['answers'][number];
type State = 'intact' | 'changed' | 'not-valid' | 'unknown';
const MOST = 200 * 1024 ** 2;

/** Check of a document (文件核验), for anybody: a file, or the number of a certificate, as it stands in a QR code (`?number=`). */
export default function VerifyPage() {
  const { t } = useTranslation('document');
  const [query, setQuery] = useSearchParams();
  const number = query.get('number')?.trim() ?? '';
  const [found, setFound] = useState<Verified>();
  const signed = useApi(number === '' ? null : `signed ${number}`, (signal) =>
    read(api.GET('/api/document/signed/{number}', { params: { path: { number } }, signal })),
  );
  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setFound(undefined);
    setQuery({ number: String(new FormData(event.currentTarget).get('number') ?? '').trim() });
  };
  return (
    <article className="reading doc">
      <header>
        <h1>{t('title')}</h1>
        <p className="soft">{t('lead')}</p>
      </header>
      <Upload<Verified>
        id="file"
        label={signed.data ? t('fileOfNumber', { number }) : t('file')}
        hint={t('fileHint')}
        maxBytes={MOST}
        addressOf={() => `/api/document/verify${signed.data ? `?${new URLSearchParams({ number })}` : ''}`}
        onBegin={() => setFound(undefined)}
        onDone={setFound}
      />
      {found && <Result verified={found} />}
      <section className="doc-number">
        <h2>{t('number')}</h2>
        <form onSubmit={search} key={number}>
          <label htmlFor="number">{t('numberLabel')}</label>
          <div>
            <input
              id="number"
              name="number"
              defaultValue={number}
              minLength={4}
              maxLength={80}
              required
              spellCheck={false}
            />
            <button type="submit">{t('act')}</button>
          </div>
        </form>
        {signed.problem?.status === 404 && <EmptyState title={t('notFound')} text={t('notFoundText')} />}
        {signed.problem && signed.problem.status !== 404 && (
          <RefusalPanel problem={signed.problem} onRetry={signed.reload} />
        )}
        {signed.data && (
          <div role="status">
            <p>{t('numberText')}</p>
            <AnswerFacts answer={signed.data.answer} />
          </div>
        )}
      </section>
      <p className="soft">
        <a href="/api/document/keys">{t('certificates')}</a>
      </p>
    </article>
  );
}

function Result({ verified }: { verified: Verified }) {
  const { t } = useTranslation('document');
  const { answers, sm3, sha256, size } = verified;
  const result = verified.result as State;
  return (
    <section className="doc-result" data-result={result} role="status">
      <h2>
        <span aria-hidden="true">{result === 'intact' ? '✓' : result === 'unknown' ? '？' : '✕'}</span>{' '}
        {t(`result.${result}`)}
      </h2>
      <p>{t(`resultText.${result}`)}</p>
      {answers.map((answer) => (
        <AnswerFacts
          key={`${answer.kind}${answer.key ?? ''}${answer.signedAt ?? ''}${answer.title ?? ''}`}
          answer={answer}
        />
      ))}
      <details>
        <summary>{t('digest')}</summary>
        <dl className="facts">
          <dt>SM3</dt>
          <dd>
            <code>{sm3}</code>
          </dd>
          <dt>SHA-256</dt>
          <dd>
            <code>{sha256}</code>
          </dd>
          <dt>{t('size')}</dt>
          <dd>{formatBytes(size)}</dd>
        </dl>
      </details>
    </section>
  );
}

/** Who, when, and what the key was: each in words. */
function AnswerFacts({ answer }: { answer: Answer }) {
  const { t } = useTranslation('document');
  const { kind, signer, title, number, signedAt, keyThen, keyNow, known, changed } = answer;
  const later = keyNow !== keyThen && (keyNow === 'expired' || keyNow === 'revoked') ? t(`keyLater.${keyNow}`) : '';
  return (
    <dl className="facts doc-answer">
      <dt>{t('signer')}</dt>
      <dd>
        <b>{signer ?? t('signerUnknown')}</b>
      </dd>
      {signedAt && (
        <>
          <dt>{kind === 'seal' ? t('atSeal') : t('at')}</dt>
          <dd>{formatExact(signedAt)}</dd>
        </>
      )}
      {title && (
        <>
          <dt>{kind === 'seal' ? t('seal') : t('what')}</dt>
          <dd>{title}</dd>
        </>
      )}
      {number && (
        <>
          <dt>{t('no')}</dt>
          <dd>{number}</dd>
        </>
      )}
      <dt>{t('key')}</dt>
      <dd>
        {known && keyThen ? [t(`keyThen.${keyThen as 'valid'}`), later].filter(Boolean).join('；') : t('foreign')}
      </dd>
      {changed.length > 0 && (
        <>
          <dt>{t('parts')}</dt>
          <dd>
            <ul>
              {changed.map((part) => (
                <li key={part}>
                  <code>{part}</code>
                </li>
              ))}
            </ul>
          </dd>
        </>
      )}
    </dl>
  );
}
