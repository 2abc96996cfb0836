import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { FieldFault } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { SameField } from '#platform/catalog/form/find-same.ts';
import { sameFor } from '#platform/catalog/form/same-for.ts';
import { core, cosine, SAME } from '#platform/catalog/form/similar.ts';
import type { ItemDefinition } from './item-definition.ts';

/** Something that an item asks people for although a unit has it: data that the catalogue shares, or a certificate that somebody issues. */
export type Had = {
  pointer: string;
  title: Text;
  /** Shared fields that say the same, the likeliest first. */
  same: SameField[];
  certificate: { code: string; title: Text } | null;
};

type CertificateType = { code: string; title: Text };

/** The type of certificate that a material of this name is, if somebody issues one. */
export function certificateLike(title: Text, types: readonly CertificateType[]): CertificateType | null {
  const asked = core(title.zh);
  const best = types
    .map((type) => ({ type, likeness: cosine(asked, core(type.title.zh)) }))
    .sort((a, b) => b.likeness - a.likeness || (a.type.code < b.type.code ? -1 : 1))[0];
  return best && best.likeness >= SAME ? best.type : null;
}

/**
 * What an item asks for although it could be obtained (应共享、不采集): compared with the catalogue and with the types of certificates. What has a reason
 * (`why`) is not told again: whoever publishes the version reads it.
 */
export async function hadByUnits(options: {
  services: Services;
  actor: Actor;
  definition: ItemDefinition;
}): Promise<Had[]> {
  const { services, actor, definition } = options;
  const materials = definition.materials.flatMap(({ title, source, why }, at) =>
    source === 'upload' && why === undefined ? [{ pointer: `/materials/${at}`, title }] : [],
  );
  const fields = definition.fields.flatMap(({ title, resource, why }, at) =>
    resource === undefined && why === undefined ? [{ pointer: `/fields/${at}`, title }] : [],
  );
  const types = await services.database.tx({ module: 'service', actor, readOnly: true }, (db) =>
    db.rows<CertificateType>(sql`select code, title from service.certificate_type order by code`),
  );
  const asked = [...materials, ...fields];
  const same = await sameFor({ services, actor, names: asked.map(({ title }) => ({ title: title.zh })) });
  return asked
    .map(({ pointer, title }, at) => ({
      pointer,
      title,
      same: same[at] ?? [],
      certificate: pointer.startsWith('/materials') ? certificateLike(title, types) : null,
    }))
    .filter((had) => had.same.length > 0 || had.certificate !== null);
}

/** The same as faults: a draft with one of them is not sent on. */
export const obtainFaults = (had: readonly Had[]): FieldFault[] =>
  had.map(({ pointer }) => ({
    pointer,
    rule: 'obtain',
    message: {
      zh: '已有单位掌握，请改为获取；确需提交的，写明理由',
      en: 'a unit has this already: obtain it, or say why it has to be handed in',
    },
  }));
