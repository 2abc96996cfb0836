import '../../web/grid.css';
import { type FormEvent, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useAnalysisTexts } from '../../web/analysis-texts.ts';

type List = Reply<'/api/grid/video/platforms'>;
type Cameras = Reply<'/api/grid/video/platforms/{id}/cameras'>;
type Sent = { url: string; body: Record<string, unknown> };

/** Video platforms (视频平台): who may look where, grants with their term, cameras, and who looked. */
export default function VideoPage() {
  const { t, language } = useAnalysisTexts();
  const unitName = useUnitName();
  const [shown, setShown] = useState<string | null>(null);
  const [viewed, setViewed] = useState(false);
  const list = useApi('video platforms', (signal) => call<List>('/api/grid/video/platforms', { signal }));
  const cameras = useApi(`cameras ${shown}`, async (signal) =>
    shown ? call<Cameras>(`/api/grid/video/platforms/${shown}/cameras`, { signal }) : null,
  );
  const { busy, problem, submit } = useSubmit(({ url, body }: Sent, key) =>
    call(`/api/grid/video/${url}`, { method: 'POST', body, headers: key }),
  );
  const send = (url: string, bodyOf: (form: FormData) => Sent['body']) => async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const button = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
    const form = new FormData(event.currentTarget);
    if (button?.name) form.set(button.name, button.value);
    if ((await submit({ url, body: bodyOf(form) })) === undefined) return;
    setViewed(url.endsWith('/views'));
    list.reload();
    cameras.reload();
  };
  const platforms = list.data?.platforms ?? [];
  const grants = list.data?.grants ?? [];
  // Their units have English names; stations are known by the committee's Chinese one.
  const englishName = ({ level, unit, name, nameEn }: List['platforms'][number]) =>
    level === 'street' ? `${unitName(unit)}, video` : level === 'station' ? name : nameEn;
  return (
    <div className="grid-page">
      <header className="dc-head">
        <h1>
          {t('video')} {platforms.some(({ sample }) => sample) && <SampleBadge />}
        </h1>
        <p className="soft">{t('videoLead')}</p>
      </header>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {problem && <RefusalPanel problem={problem} />}
      {viewed && <p role="status">{t('viewed')}</p>}
      <section aria-label={t('grants')}>
        <h2>{t('grants')}</h2>
        {list.data && grants.length === 0 && <p className="soft">{t('noGrants')}</p>}
        <ul className="grid-twins">
          {grants.map((grant) => (
            <li key={grant.id} className="grid-own">
              <b>
                {unitName(grant.toUnit)} → {grant.platformName}
              </b>
              <span>
                <span className="badge">
                  {grant.over && grant.state === 'approved'
                    ? t('states.ended')
                    : t(`states.${grant.state as 'requested'}`)}
                </span>{' '}
                {t('until', { at: formatMoment(grant.untilAt, { language }) })}
              </span>
              <span className="soft">
                {[grant.askedName, grant.reason, grant.decidedName, grant.answer].filter(Boolean).join(' · ')}
              </span>
              {grant.mayDecide && (
                <form
                  onSubmit={send(`grants/${grant.id}/decide`, (form) => ({
                    approve: form.get('approve') === 'yes',
                    answer: String(form.get('answer')),
                  }))}
                >
                  <label>
                    {t('answer')}
                    <input name="answer" required minLength={2} maxLength={1000} />
                  </label>
                  <span className="grid-acts">
                    <button type="submit" name="approve" value="yes" className="primary" disabled={busy}>
                      {t('agree')}
                    </button>
                    <button type="submit" name="approve" value="no" disabled={busy}>
                      {t('disagree')}
                    </button>
                  </span>
                </form>
              )}
            </li>
          ))}
        </ul>
      </section>
      <section aria-label={t('video')}>
        <ul className="grid-twins">
          {platforms.map((platform) => (
            <li key={platform.id} className="grid-own">
              <b>{language === 'en' ? englishName(platform) : platform.name}</b>
              <span className="soft">
                {t(`levels.${platform.level as 'centre'}`)} · {t('cameras', { n: platform.cameras })} ·{' '}
                {t(`right.${platform.right}`)}
                {platform.until && ` · ${t('until', { at: formatMoment(platform.until, { language }) })}`}
              </span>
              {platform.right !== 'none' && platform.cameras > 0 && (
                <span className="grid-acts">
                  <button
                    type="button"
                    aria-expanded={shown === platform.id}
                    onClick={() => setShown(shown === platform.id ? null : platform.id)}
                  >
                    {t('cameras', { n: platform.cameras })}
                  </button>
                </span>
              )}
              {platform.right === 'none' && (
                <details>
                  <summary>{t('ask')}</summary>
                  <form
                    onSubmit={send(`platforms/${platform.id}/grants`, (form) => ({
                      reason: String(form.get('reason')),
                      hours: Number(form.get('hours')),
                    }))}
                  >
                    <label>
                      {t('reason')}
                      <input name="reason" required minLength={4} maxLength={1000} />
                    </label>
                    <label>
                      {t('hours')}
                      <input name="hours" type="number" min={1} max={720} required defaultValue={4} />
                    </label>
                    <button type="submit" className="primary" disabled={busy}>
                      {t('ask')}
                    </button>
                  </form>
                </details>
              )}
              {shown === platform.id && cameras.problem && <RefusalPanel problem={cameras.problem} />}
              {shown === platform.id && cameras.data && (
                <>
                  {cameras.data.cameras.map((camera) => (
                    <form
                      key={camera.id}
                      onSubmit={send(`cameras/${camera.id}/views`, (form) => ({ reason: String(form.get('reason')) }))}
                    >
                      <label>
                        {camera.name} · {t('reason')}
                        <input name="reason" required minLength={4} maxLength={500} />
                      </label>
                      <button type="submit" disabled={busy}>
                        {t('view')}
                      </button>
                    </form>
                  ))}
                  {cameras.data.views.length > 0 && <b>{t('views')}</b>}
                  <ul>
                    {cameras.data.views.map((view) => (
                      <li key={`${view.at} ${view.camera}`}>
                        {formatMoment(view.at, { language })} · {view.camera} · {view.name} · {unitName(view.unit)} ·{' '}
                        {view.reason}
                      </li>
                    ))}
                  </ul>
                </>
              )}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
