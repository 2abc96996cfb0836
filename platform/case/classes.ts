import { readFileSync } from 'node:fs';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const FileSchema = Type.Object({
  /** The published list and whether somebody has compared it with the original (附录 D). */
  source: Type.Object({ title: Type.String(), verified: Type.Boolean() }),
  validFrom: Type.String({ format: 'date' }),
  classes: Type.Array(
    Type.Object({
      code: Type.String({ pattern: '^[PE][0-9]{4}$' }),
      kind: Type.Union([Type.Literal('part'), Type.Literal('event')]),
      major: Type.Object({ id: Type.String(), zh: Type.String(), en: Type.String() }),
      name: Words,
      establish: Words,
      close: Words,
      limitRule: Type.String(),
      secureRule: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
});
const file = Compile(FileSchema);

/** The classes that the module brings (`classes.json`): majors of GB/T 30428.2; a district adds its own and takes in a new edition by a later date. */
export function packagedClasses(): Static<typeof FileSchema> {
  const read: unknown = JSON.parse(readFileSync(new URL('classes.json', import.meta.url), 'utf8'));
  return file.Parse(read);
}

/** A class of cases (案件类别) as it holds on a day. */
export type CaseClass = {
  code: string;
  kind: 'part' | 'event';
  major: Text & { id: string };
  name: Text;
  establish: Text;
  close: Text;
  limitRule: string;
  secureRule: string | null;
  source: string;
  sourceVerified: boolean;
};

/** What a citizen reports who does not know the class: an operator finds it. */
export const OTHER_EVENT = 'E9901';

/** The classes in force at a moment, or one of them. */
export function classesAt(db: Db, at: Date, code?: string): Promise<CaseClass[]> {
  return db.rows<CaseClass>(sql`
    select code, kind, major, name, establish, close, limit_rule as "limitRule", secure_rule as "secureRule", source, source_verified as "sourceVerified"
    from incident.class where valid_from <= (${at}::timestamptz at time zone 'Asia/Shanghai')::date
      and (valid_to is null or valid_to > (${at}::timestamptz at time zone 'Asia/Shanghai')::date) and (${code ?? null}::text is null or code = ${code ?? null}::text)
    order by code`);
}

/** Stores the packaged classes that the database does not hold yet. */
export async function storeClasses(db: Db): Promise<void> {
  const { source, validFrom, classes } = packagedClasses();
  for (const each of classes)
    await db.run(sql`
      insert into incident.class (code, valid_from, kind, major, name, establish, close, limit_rule, secure_rule, source, source_verified)
      values (${each.code}, ${validFrom}::date, ${each.kind}, ${json(each.major)}::text::jsonb, ${json(each.name)}::text::jsonb, ${json(each.establish)}::text::jsonb,
        ${json(each.close)}::text::jsonb, ${each.limitRule}, ${each.secureRule}::text, ${source.title}, ${source.verified}::boolean)
      on conflict (code, valid_from) do nothing`);
}

/** The same for a caller outside a transaction of this module. */
export function readClasses(services: Services, actor: Actor = systemActor({ name: 'classes' })): Promise<CaseClass[]> {
  return services.database.tx({ module: 'incident', actor, readOnly: true }, (db) =>
    classesAt(db, services.clock.now()),
  );
}
