import './hall.css';
import { type FormEvent, useState } from 'react';
import { Link, useLocation, useSearchParams } from 'react-router';
import { api, read, useSubmit } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { FormErrors } from '#web/design/form-errors.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { bodyOf, type Submitted } from './apply-body.ts';
import { Commitments, Contact, KnownValues, Materials } from './apply-parts.tsx';
import { faultsOf, refusedAt } from './apply-faults.ts';
import { Group } from './field-group.tsx';
import { FiledCase } from './filed.tsx';
import { Questions } from './questions.tsx';
import { situationsOf, useBase } from './shapes.ts';
import { useHallTexts } from './texts.ts';
import { useApplication } from './use-application.ts';

const ITEM = /^[0-9A-Z]{31,33}$/;
/** In the order in which people think of them. */
const GROUPS = ['applicant', 'enterprise', 'agent', 'premises', 'matter', 'delivery'] as const;
/** Most services of one application. */
const MOST = 20;

/** The one form (一张表) of one service or several: what is known is shown, what is not is asked, each thing once. */
export default function ApplyPage() {
  const { t } = useHallTexts();
  const base = useBase();
  const { me, loading } = useSession();
  const { pathname, search: query } = useLocation();
  const [search] = useSearchParams();
  const items = [...new Set((search.get('items') ?? '').split(',').filter((code) => ITEM.test(code)))].slice(0, MOST);
  const bundle = search.get('bundle') ?? undefined;
  if (items.length === 0)
    return (
      <EmptyState
        level={1}
        title={t('apply.none')}
        text={t('apply.noneText')}
        act={<Link to={`${base}/services`}>{t('apply.toServices')}</Link>}
      />
    );
  if (!me.signedIn && !loading)
    return (
      <EmptyState
        level={1}
        title={t('apply.title')}
        text={t('apply.signIn')}
        act={
          <Link className="primary" to={`/login?next=${encodeURIComponent(pathname + query)}`}>
            {t('apply.signInAct')}
          </Link>
        }
      />
    );
  if (!me.signedIn) return null;
  const asked = situationsOf(search.get('situations'));
  return <Application key={items.join()} items={items} bundle={bundle} situations={asked} />;
}

function Application(options: Parameters<typeof useApplication>[0]) {
  const { t, say } = useHallTexts();
  const application = useApplication(options);
  const { draft, form, prefill, guides, known } = application;
  const [errors, setErrors] = useState<{ path: string; message: string }[]>([]);
  const [changed, setChanged] = useState(false);
  const [filed, setFiled] = useState<Submitted | null>(null);
  const { busy, problem, submit } = useSubmit((body: ReturnType<typeof bodyOf>, header) =>
    read(api.POST('/api/service/cases', { params: { header }, body })),
  );
  if (filed) return <FiledCase filed={filed} />;
  const failed = form.problem ?? guides.problem;
  if (failed) return <RefusalPanel problem={failed} onRetry={form.problem ? form.reload : guides.reload} />;
  if (!form.data || !guides.data || prefill.loading) return <p className="soft">{t('apply.loading')}</p>;
  const shown = form.data;
  // What is on record and does not fit the form is asked for: nobody is stuck with it.
  const unfit = new Set((problem?.details.fields ?? []).map(({ pointer }) => pointer.split('/')[2]));
  const asked = shown.fields.filter((field) => application.asked.includes(field) || unfit.has(field.element));
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const missing = faultsOf({ form: shown, asked, known, draft, t, say });
    setErrors(missing);
    if (missing.length > 0) return;
    const done = await submit(bodyOf({ form: shown, application, bundle: options.bundle }));
    if (!done) return;
    application.sent();
    setFiled(done);
  };
  // A new version came out while this one was filled in: its form takes the place, what was typed stays.
  if (problem?.code === 'ITEM_CHANGED' && !changed) {
    setChanged(true);
    form.reload();
  }
  const refused = changed ? [] : refusedAt(problem, { form: shown, say });
  const wrong = errors.length > 0 ? errors : refused;
  const faults = new Map(wrong.map(({ path, message }) => [path, message]));
  return (
    <form className="hall hall-apply" onSubmit={(event) => void send(event)} noValidate>
      <header>
        <h1>{shown.items.length === 1 ? say(shown.items[0]!.title) : t('apply.title')}</h1>
        {shown.items.length > 1 && <p>{shown.items.map(({ title }) => say(title)).join(' · ')}</p>}
      </header>
      {changed && <p className="hall-changed">{t('apply.changed')}</p>}
      <FormErrors errors={wrong} />
      {problem && !changed && refused.length === 0 && <RefusalPanel problem={problem} />}
      {(shown.next.length > 0 || Object.keys(shown.situations).length > 0) && (
        <section>
          <h2>{t('apply.questions')}</h2>
          <Questions form={shown} onAnswer={(situations) => application.change({ situations })} />
        </section>
      )}
      {known.size > 0 && <KnownValues known={[...known.values()]} total={shown.fields.length} />}
      <section>
        <h2>{t('apply.ask')}</h2>
        {asked.length === 0 && <p className="soft">{t('apply.askNone')}</p>}
        {GROUPS.filter((group) => asked.some((field) => field.group === group)).map((group) => (
          <Group
            key={group}
            group={group}
            fields={asked.filter((field) => field.group === group)}
            application={application}
            faults={faults}
            form={shown}
          />
        ))}
      </section>
      <Materials application={application} materials={shown.materials} />
      <Contact application={application} />
      <Commitments application={application} guides={guides.data} />
      <section className="hall-send">
        <p>
          <b>{t('apply.check')}</b> {t('apply.checkText')}
        </p>
        <button type="submit" className="primary" disabled={busy || shown.next.length > 0}>
          {t('apply.send')}
        </button>
        <small className="soft">{t('apply.kept')}</small>
      </section>
    </form>
  );
}
