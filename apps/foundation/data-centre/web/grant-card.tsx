import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Timeline } from '#web/design/facts.tsx';
import { formatMoment } from '#web/design/format.ts';
import { useSession } from '#web/shell/session.tsx';
import { ApproveForm, ReasonForm } from './grant-forms.tsx';
import type { FieldName } from './terms-fields.tsx';
import { AskForm } from './ask-form.tsx';
import { LevelMark, StateMark } from './marks.tsx';
import type { Grant } from './shapes.ts';
import { Usage } from './usage.tsx';
import { useLanguage, usePurposes, useUnits } from './use-names.ts';

export type GrantAct = 'approve' | 'revoke' | 'refuse' | 'request';

/** Posts that may ask for data. */
export const MAY_ASK = ['data-officer', 'street-clerk', 'committee-worker', 'duty-officer'];

/** What may be done with a grant in this state by this reader; the first is the one to offer first. */
export function actsOf(
  grant: Pick<Grant, 'state' | 'mayDecide' | 'requestedName' | 'request'>,
  kind: string | null,
): GrantAct[] {
  const ask: GrantAct[] = kind !== null && MAY_ASK.includes(kind) ? ['request'] : [];
  switch (grant.state) {
    case 'requested':
      // A request with a person behind it is a case, and is answered on its own page.
      if (grant.request !== null) return [];
      return grant.mayDecide ? ['approve', 'refuse'] : grant.requestedName === null ? ask : [];
    case 'approved':
      return grant.mayDecide ? ['approve', 'revoke'] : [];
    case 'expired':
      return grant.mayDecide ? ['approve', 'revoke'] : ask;
    case 'refused':
    case 'revoked':
      return grant.mayDecide ? ['approve'] : ask;
    default:
      return [];
  }
}

/** A grant with its terms, what may be done now, and its whole history. */
export function GrantCard({
  grant,
  fields,
  onChanged,
  link,
}: {
  grant: Grant;
  fields: readonly FieldName[];
  onChanged: () => void;
  link?: ReactNode;
}) {
  const { t } = useTranslation('data-centre');
  const { me } = useSession();
  const { say, language } = useLanguage();
  const unit = useUnits();
  const purpose = usePurposes();
  const [open, setOpen] = useState<GrantAct | null>(null);
  const [done, setDone] = useState<GrantAct | null>(null);
  const [used, setUsed] = useState(false);
  const titleOf = (name: string) => {
    const field = fields.find((entry) => entry.name === name);
    return field ? say(field.title) : name;
  };
  const levelOf = (name: string) => fields.find((entry) => entry.name === name)?.level;
  const settled = grant.state !== 'requested';
  const comma = language === 'zh' ? '、' : ', ';
  const word = (act: GrantAct) =>
    t(
      act === 'approve'
        ? grant.state === 'approved'
          ? 'grant.change'
          : grant.state === 'requested'
            ? 'grant.approve'
            : 'grant.again'
        : act === 'request' && grant.state === 'requested'
          ? 'grant.remind'
          : `grant.${act}`,
    );
  const finish = (act: GrantAct) => {
    setOpen(null);
    setDone(act);
    onChanged();
  };
  return (
    <article className="dc-grant" data-state={grant.state} id={`grant-${grant.ref}`}>
      <header>
        <h3>
          {say(grant.takerTitle)} <span className="soft">{t('grant.wants')}</span> {say(grant.resourceTitle)}
        </h3>
        <StateMark state={grant.state} of="grant" />
      </header>
      <dl className="dc-terms">
        <dt>{t('grant.why')}</dt>
        <dd>{say(grant.why)}</dd>
        <dt>{t('grant.fields')}</dt>
        <dd>
          <ul className="dc-chips">
            {grant.wanted.map((name) => {
              const given = settled && grant.fields.includes(name);
              return (
                <li key={name} data-given={settled ? given : undefined}>
                  {settled && (
                    <span className="hidden">{t(given ? 'grant.approvedFields' : 'grant.notApproved')} </span>
                  )}
                  {titleOf(name)}
                  {levelOf(name) && <LevelMark level={levelOf(name) ?? ''} short />}
                </li>
              );
            })}
          </ul>
        </dd>
        <dt>{t('grant.purposes')}</dt>
        <dd>{(settled ? grant.purposes : grant.wantedPurposes).map(purpose).join(comma)}</dd>
        {settled && (
          <>
            <dt>{t('grant.until')}</dt>
            <dd>{grant.validUntil ? formatMoment(grant.validUntil, { language }) : t('grant.noEnd')}</dd>
          </>
        )}
        {grant.rowFilter.length > 0 && (
          <>
            <dt>{t('grant.filter')}</dt>
            <dd>
              {grant.rowFilter
                .map((rule) => t('grant.filterText', { field: titleOf(rule.field), values: rule.in.join(comma) }))
                .join(comma)}
            </dd>
          </>
        )}
      </dl>
      <p className="soft">
        {grant.requestedName
          ? t('grant.requestedBy', {
              name: grant.requestedName,
              unit: unit(grant.requestedUnit),
              at: formatMoment(grant.requestedAt, { language }),
            })
          : t('grant.manifest')}
        {link && <> · {link}</>}
      </p>
      {grant.request && (
        <p>
          <Link to={`/data/requests/${grant.request}`}>
            {t(grant.mayDecide && grant.state === 'requested' ? 'handle' : 'follow', { ns: 'data-requests' })}
          </Link>
        </p>
      )}
      {done && !open && (
        <p className="dc-done" role="status">
          {t(`grant.done.${done}`)}
        </p>
      )}
      {!open && (
        <div className="acts">
          {actsOf(grant, me.kind).map((act) => (
            <button
              key={act}
              type="button"
              className={act === 'approve' && grant.state !== 'approved' ? 'primary' : undefined}
              onClick={() => {
                setOpen(act);
                setDone(null);
              }}
            >
              {word(act)}
            </button>
          ))}
        </div>
      )}
      {open === 'approve' && (
        <ApproveForm
          grant={grant}
          fields={fields}
          word={word('approve')}
          onDone={() => finish('approve')}
          onCancel={() => setOpen(null)}
        />
      )}
      {open === 'request' && (
        <AskForm
          taker={grant.taker}
          name={grant.name}
          wanted={grant.wanted}
          wantedPurposes={grant.wantedPurposes}
          fields={fields}
          onDone={() => finish('request')}
          onCancel={() => setOpen(null)}
        />
      )}
      {(open === 'revoke' || open === 'refuse') && (
        <ReasonForm
          grant={grant}
          act={open}
          word={word(open)}
          onDone={() => finish(open)}
          onCancel={() => setOpen(null)}
        />
      )}
      {settled && (
        <details className="dc-history" onToggle={(event) => setUsed(event.currentTarget.open)}>
          <summary>{t('usage', { ns: 'data-requests' })}</summary>
          {used && <Usage grant={grant.ref} />}
        </details>
      )}
      <details className="dc-history" open={grant.steps.length > 0 && grant.steps.length <= 3}>
        <summary>
          {t('grant.history')} <small>{grant.steps.length}</small>
        </summary>
        <Timeline
          entries={grant.steps.map((step, index) => ({
            id: `${step.at}-${index}`,
            at: step.at,
            title: t(`step.${step.step}`),
            by: [unit(step.unit), step.name].filter(Boolean).join(' '),
            note: step.reason ?? undefined,
          }))}
        />
      </details>
    </article>
  );
}
