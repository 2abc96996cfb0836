import type { Reply } from '#web/client/reply.ts';
import { useModelTexts } from './models-texts.ts';
import { percent, Table } from './table.tsx';

type List = Reply<'/api/grid/text-models'>;
type One = Reply<'/api/grid/text-models/{version}'>;
type NameOf = (code: string) => string;

/** Which classes have too few closed cases to be learnt by them (还缺案件的类别). */
export function Lacking({ classes, least, nameOf }: { classes: List['classes']; least: number; nameOf: NameOf }) {
  const { t } = useModelTexts();
  const few = classes.filter(({ closed }) => closed < least);
  if (few.length === 0) return null;
  return (
    <details>
      <summary>{t('lacking', { n: few.length, least })}</summary>
      <p className="soft">{t('lackingLead')}</p>
      <Table label={t('lacking', { n: few.length, least })} heads={[t('class'), t('closedCases'), t('missingCases')]}>
        {few.map((each) => (
          <tr key={each.class}>
            <td>{nameOf(each.class)}</td>
            <td>{each.closed}</td>
            <td>{least - each.closed}</td>
          </tr>
        ))}
      </Table>
    </details>
  );
}

/** A version and the one that was in use when it was learnt, on the same cases (同题对比). */
export function CompareModels(props: {
  model: One;
  compared: NonNullable<One['compared']>;
  inForce: number;
  nameOf: NameOf;
}) {
  const { model, compared, inForce, nameOf } = props;
  const { t } = useModelTexts();
  const title = t('compare', { n: compared.version });
  const rows = [
    { name: t('top1'), before: compared.top1, after: model.top1 },
    { name: t('top3'), before: compared.top3, after: model.top3 },
    { name: t('calibration'), before: compared.calibration, after: model.calibration },
  ];
  // Of a class without a case held out nobody knows whether it became better or worse.
  const unjudged = inForce - model.byClass.length;
  const changed = model.comparedByClass;
  return (
    <section aria-label={title}>
      <h2>
        {t('version', { n: model.version })} · {title}
      </h2>
      <p className="soft">{t('compareLead', { texts: model.heldOut })}</p>
      {unjudged > 0 && <p className="notice">{t('unjudged', { judged: model.byClass.length, n: unjudged })}</p>}
      <Table label={title} heads={['', t('before', { n: compared.version }), t('after')]}>
        {rows.map(({ name, before, after }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{percent(before)}</td>
            <td>
              <b>{after === null ? '—' : percent(after)}</b>
            </td>
          </tr>
        ))}
      </Table>
      <p>{t('changed', { gained: compared.gained, lost: compared.lost })}</p>
      {changed.length > 0 && (
        <details>
          <summary>{t('changedClasses')}</summary>
          <Table
            label={t('changedClasses')}
            heads={[t('class'), t('texts'), t('before', { n: compared.version }), t('after')]}
          >
            {changed.map((each) => (
              <tr key={each.class}>
                <td>{nameOf(each.class)}</td>
                <td>{each.texts}</td>
                <td>{each.before}</td>
                <td>{each.after}</td>
              </tr>
            ))}
          </Table>
        </details>
      )}
    </section>
  );
}
