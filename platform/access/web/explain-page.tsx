import { Link, useSearchParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { useUnitName } from '#web/design/units.tsx';
import { Field, PolicyItem, RightsPage } from './rights-parts.tsx';
import { useRightsTexts } from './rights-texts.ts';

type Explained = Reply<'/api/access/explain'>;

/** Who may see this, and why (谁可以看，为什么): by data or by action; the choice stands in the address. */
export default function ExplainPage() {
  const { t, say } = useRightsTexts();
  const unitName = useUnitName();
  const [search, setSearch] = useSearchParams();
  const query = search.toString();
  const state = useApi(`explain ${query}`, (signal) => call<Explained>(`/api/access/explain?${query}`, { signal }));
  const { data } = state;
  const choose = (name: 'resource' | 'action') => (event: { target: { value: string } }) =>
    setSearch(event.target.value === '' ? {} : { [name]: event.target.value });
  return (
    <RightsPage title={t('explain.title')} lead={t('explain.lead')} problem={state.problem} onRetry={state.reload}>
      {data && (
        <div className="rights-grid">
          {(['resource', 'action'] as const).map((name) => (
            <Field key={name} label={t(`explain.${name}`)}>
              {(id) => (
                <select id={id} value={search.get(name) ?? ''} onChange={choose(name)}>
                  <option value="">{t('explain.choose')}</option>
                  {data.choices[`${name}s`].map((one) => (
                    <option key={one.id} value={one.id}>
                      {say(one.title)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          ))}
        </div>
      )}
      {data && query !== '' && (
        <>
          <header>
            <h2>{say(data.title)}</h2>
            {data.resource && (
              <p className="soft">
                {t('explain.level', { level: data.resource.level, owner: unitName(data.resource.owner) })} ·{' '}
                {t(`explain.scope.${data.resource.scope ?? 'none'}`)}
              </p>
            )}
          </header>
          {data.actions.map((action) => (
            <section key={action.id}>
              <h3>{say(action.title)}</h3>
              <p>
                {t('explain.holders')}：
                {action.id === 'public'
                  ? t('explain.everyone')
                  : action.id === 'signed-in'
                    ? t('explain.anyone')
                    : action.holders.map((holder) => say(holder.title)).join(' · ') || t('explain.nobody')}
              </p>
              <p className="soft">
                {t('explain.operations')}：{action.routes.map((one) => say(one.title)).join(' · ')}
              </p>
              <ul className="rights-list">
                {action.policies.map((policy) => (
                  <PolicyItem key={policy.id} policy={policy} />
                ))}
              </ul>
            </section>
          ))}
          {data.card && <CardSection card={data.card} />}
          {data.purposes.length > 0 && (
            <section>
              <h3>{t('explain.purposes')}</h3>
              <p>{data.purposes.map((purpose) => say(purpose.title)).join(' · ')}</p>
            </section>
          )}
          {data.takers.length > 0 && (
            <section>
              <h3>{t('explain.takers')}</h3>
              <ul className="rights-list">
                {data.takers.map((taker) => (
                  <li key={taker.module}>
                    <p>
                      <b>{say(taker.title)}</b> {say(taker.why)}
                    </p>
                    <p className="soft">{taker.fields.join(' · ')}</p>
                  </li>
                ))}
              </ul>
              <Link to="/data/grants">{t('explain.grants')}</Link>
            </section>
          )}
        </>
      )}
    </RightsPage>
  );
}

/** Of each attribute of a card: what I see, why, and which posts see more (为什么只看到脱敏值). */
function CardSection({ card }: { card: NonNullable<Explained['card']> }) {
  const { t, say } = useRightsTexts();
  const titles = (holders: readonly { title: { zh: string; en: string } }[]) =>
    holders.map(({ title }) => say(title)).join(' · ') || t('explain.nobody');
  const reasonOf = (attributes: readonly { why: readonly string[] }[]): string => {
    const said = card.policies.filter(({ id }) => attributes.some(({ why }) => why.includes(id)));
    return said.map(({ words }) => say(words)).join(' ') || t('explain.card.noPolicy');
  };
  const clear = card.attributes.filter(({ you }) => you === 'clear');
  return (
    <section id="attributes">
      <h3>{t('explain.card.title')}</h3>
      <p className="soft">{t('explain.card.lead')}</p>
      <ul className="rights-list">
        {card.attributes
          .filter(({ you }) => you !== 'clear')
          .map((attribute) => (
            <li key={attribute.name}>
              <p>
                <b>{say(attribute.title)}</b> {attribute.level} · {t(`explain.card.disclosure.${attribute.disclosure}`)}{' '}
                · {t(`explain.card.you.${attribute.you}`)}
              </p>
              <p className="soft">{reasonOf([attribute])}</p>
              {attribute.mayOpen && <p>{t('explain.card.mayOpen', { level: card.assurance ?? 1 })}</p>}
              <p className="soft">
                {t('explain.card.clear')}：{titles(attribute.clear)}；{t('explain.card.masked')}：
                {titles(attribute.masked)}；{t('explain.card.opens')}：{titles(attribute.opens)}
              </p>
            </li>
          ))}
        {clear.length > 0 && (
          <li>
            <p>
              <b>{t('explain.card.you.clear')}</b>：{clear.map(({ title }) => say(title)).join(' · ')}
            </p>
            <p className="soft">{reasonOf(clear)}</p>
          </li>
        )}
      </ul>
    </section>
  );
}
