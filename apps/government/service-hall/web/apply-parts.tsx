import { Link } from 'react-router';
import type { Reply } from '#web/client/reply.ts';
import { SourceChip } from '#web/design/source-chip.tsx';
import { Upload } from '#web/design/upload.tsx';
import { contactOf } from './apply-faults.ts';
import { MaterialWay } from './material-list.tsx';
import { type Guide, type Material, useBase } from './shapes.ts';
import { useHallTexts } from './texts.ts';
import type { Application, Known } from './use-application.ts';

type Uploaded = Reply<'/api/document/files', 'post', 201>;
/** Kind under which materials of applications are stored. */
const KIND = 'material';

/** What units know already (已经掌握): shown with its origin, not asked; what is wrong is disputed at its source. */
export function KnownValues({ known, total }: { known: readonly Known[]; total: number }) {
  const { t, say } = useHallTexts();
  const base = useBase();
  return (
    <section>
      <h2>
        {t('apply.known')}{' '}
        <small className="soft">
          {known.length} / {total}
        </small>
      </h2>
      <p className="soft">{t('apply.knownText', { filled: known.length })}</p>
      <dl className="hall-known">
        {known.map(({ field, value, origin }) => (
          <div key={field.element}>
            <dt>{say(field.title)}</dt>
            <dd>
              {value}
              {origin.state === 'disputed' && <span className="badge">{t('apply.disputed')}</span>}
              <SourceChip source={{ unit: origin.unit, receivedAt: origin.receivedAt, datasetTitle: origin.source }} />
            </dd>
          </div>
        ))}
      </dl>
      <p>
        <Link to={base === '/business' ? '/business' : '/citizen/me'}>{t('apply.wrong')}</Link>
      </p>
    </section>
  );
}

/** Materials: what is obtained is only named, a certificate is chosen, what has to be handed in is uploaded, once for all services. */
export function Materials({ application, materials }: { application: Application; materials: readonly Material[] }) {
  const { t, say } = useHallTexts();
  if (materials.length === 0) return null;
  const obtained = materials.filter(({ source }) => source === 'data');
  const chosen = materials.filter(({ source }) => source === 'certificate');
  const handed = materials.filter(({ source }) => source === 'upload');
  return (
    <section>
      <h2>{t('apply.materials')}</h2>
      {chosen.length > 0 && <p className="soft">{t('apply.consent')}</p>}
      {chosen.map((material) => (
        <CertificateOrPaper key={material.id} application={application} material={material} />
      ))}
      <div className="hall-uploads">
        {handed.map((material) => (
          <Paper key={material.id} application={application} material={material} />
        ))}
      </div>
      {obtained.length > 0 && (
        <ul className="hall-materials">
          {obtained.map((material) => (
            <li key={material.id} data-source={material.source}>
              <b>{say(material.title)}</b>
              <span className="soft">
                <MaterialWay material={material} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Paper({ application, material }: { application: Application; material: Material }) {
  const { t, say } = useHallTexts();
  return (
    <Upload<Uploaded>
      id={`material-${material.id}`}
      label={`${say(material.title)}${material.required ? '' : t('material.optional')}`}
      hint={application.draft.files[material.id]?.name}
      addressOf={(file) => `/api/document/files?${new URLSearchParams({ kind: KIND, name: file.name })}`}
      onDone={({ id }, { name }) => application.file(material.id, { document: id, name })}
    />
  );
}

/**
 * A certificate in place of a paper (电子证照免提交): own ones to choose from. Where there is none, or its source does not answer, the paper is
 * uploaded: never a dead end.
 */
function CertificateOrPaper({ application, material }: { application: Application; material: Material }) {
  const { t, say, language } = useHallTexts();
  const offer = application.offerOf(material);
  const chosen = application.draft.certificates[material.id];
  const name = `certificate-${material.id}`;
  if (!offer) return <p className="soft">{t('apply.loading')}</p>;
  if (offer.state !== 'held')
    return (
      <div className="hall-uploads">
        <p className="soft">{t(offer.state === 'down' ? 'apply.sourceDown' : 'apply.noCertificate')}</p>
        <Paper application={application} material={material} />
      </div>
    );
  return (
    <fieldset className="hall-certificates">
      <legend>
        {say(material.title)}
        {!material.required && t('material.optional')}
      </legend>
      {offer.certificates.map(({ id, number, title, issuer, validUntil }) => (
        <label key={number} className="choice">
          <input
            type="radio"
            name={name}
            checked={chosen?.number === number}
            onChange={() => application.certificate(material.id, { id, number })}
          />
          <span>
            {title[language]}{' '}
            <small className="soft">{[issuer[language], number, validUntil].filter(Boolean).join(' · ')}</small>
          </span>
        </label>
      ))}
      <label className="choice">
        <input
          type="radio"
          name={name}
          checked={chosen === undefined}
          onChange={() => application.certificate(material.id, undefined)}
        />
        {t('apply.paperInstead')}
      </label>
      {chosen === undefined && <Paper application={application} material={material} />}
    </fieldset>
  );
}

export function Contact({ application }: { application: Application }) {
  const { t } = useHallTexts();
  const { contact } = application.draft;
  return (
    <section>
      <h2>{t('apply.contact')}</h2>
      {(['name', 'phone'] as const).map((part) => (
        <div className="field" key={part}>
          <label htmlFor={contactOf(part)}>{t(part === 'name' ? 'apply.contactName' : 'apply.contactPhone')}</label>
          <input
            id={contactOf(part)}
            value={contact[part]}
            autoComplete={part === 'name' ? 'name' : 'tel'}
            inputMode={part === 'phone' ? 'tel' : undefined}
            maxLength={part === 'name' ? 80 : 20}
            onChange={(event) => application.change({ contact: { ...contact, [part]: event.target.value } })}
          />
        </div>
      ))}
    </section>
  );
}

/** Commitments (告知承诺): signed, the service is decided at once. */
export function Commitments({ application, guides }: { application: Application; guides: readonly Guide[] }) {
  const { t, say } = useHallTexts();
  const { committed } = application.draft;
  const offered = guides.filter(({ commitment }) => commitment);
  if (offered.length === 0) return null;
  const toggle = (code: string) =>
    application.change({
      committed: committed.includes(code) ? committed.filter((each) => each !== code) : [...committed, code],
    });
  return (
    <section>
      <h2>{t('apply.commit')}</h2>
      <p className="soft">{t('guide.commitment')}</p>
      {offered.map(({ code, title }) => (
        <label key={code} className="choice">
          <input type="checkbox" checked={committed.includes(code)} onChange={() => toggle(code)} />
          {t('apply.commitText', { title: say(title) })}
        </label>
      ))}
    </section>
  );
}
