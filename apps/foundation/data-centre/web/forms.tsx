import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, read, useApi } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useLanguage, useUnits } from './use-names.ts';
import './texts.ts';
import './form-texts.ts';
import './data-centre.css';

/** Forms of all units (业务表单), those that ask most for what is shared already first. */
export default function FormsPage() {
  const { t } = useTranslation('data-forms');
  const { me } = useSession();
  const { say } = useLanguage();
  const unit = useUnits();
  const state = useApi(me.signedIn ? 'forms' : null, (signal) => read(api.GET('/api/catalog/forms', { signal })));
  const forms = state.data?.forms ?? [];
  return (
    <div className="dc" aria-busy={state.loading}>
      <header className="dc-head">
        <h1>{t('title')}</h1>
        <p className="soft">{t('lead')}</p>
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.loading && !state.data && <p className="soft">{t('loading', { ns: 'shell' })}</p>}
      {state.data && forms.length === 0 && <EmptyState title={t('none')} text={t('noneText')} />}
      {forms.length > 0 && (
        <ul className="dc-requests dc-section">
          {forms.map((form) => (
            <li key={form.id}>
              <div>
                <Link to={`/data/forms/${form.id}`}>
                  <b>{say(form.title)}</b>
                </Link>
                <p className="soft">
                  {unit(form.unit)} · {t('fieldsOf', { n: form.fields, obtained: form.obtained })}
                </p>
              </div>
              <span className="dc-state" data-state={form.duplicates > 0 ? 'open' : 'approved'}>
                <i aria-hidden="true">{form.duplicates > 0 ? '◔' : '●'}</i>
                {form.duplicates > 0 ? t('duplicates', { n: form.duplicates }) : t('noDuplicates')}
              </span>
              {form.undecided > 0 && <span className="soft">{t('undecided', { n: form.undecided })}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
