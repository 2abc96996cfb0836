import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { maskPhone } from '#platform/kernel/mask.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { resident } from '#platform/basedata/population/resources.ts';
import { findBase } from '#platform/basedata/dispute/disputed-base.ts';
import { personAtWindow, windowItems } from '#platform/service/person-at-window.ts';
import { CardSchema } from '#platform/service/certificate-view.ts';
import { ticketAt } from '../ticket-record.ts';
import { MandateEnded, NoConsent, NotIdentified } from './counter-errors.ts';
import {
  assertMayRead,
  holderOf,
  holdSession,
  inTheirName,
  peekSession,
  SessionParams,
  WORK,
  Words,
} from './counter-record.ts';
import { likelyItems } from './likely-items.ts';
import { assertMandate } from './mandate.ts';

/** Attributes of the record that tell a clerk what they deal with; what a form needs comes with the form. */
const SHOWN = [
  ['name', 'name'],
  ['phone', 'phone'],
  ['address', 'residenceAddress'],
  ['residenceFrom', 'residenceFrom'],
] as const;
const RecordSchema = itemOf(resident, ['pid', 'name', 'phone', 'address', 'residenceFrom']);

/**
 * Who stands there (一人一档): what is on record, certificates, open cases, and what they have probably come for with the reason. Under a purpose; each
 * look is on record, and the person sees it in 谁看过我. Read in the person's name, so it is neither more nor less than they see on their phone.
 */
export const showPresentPerson = route({
  ...WORK,
  method: 'GET',
  path: '/api/service-hall/counter/sessions/:id/person',
  summary: { zh: '窗口前的申请人', en: 'Who stands at the window' },
  params: SessionParams,
  reply: Type.Object({
    record: Type.Union([RecordSchema, Type.Null()]),
    /** Values of the record are under dispute. */
    disputed: Type.Array(Type.String()),
    cases: Type.Array(
      Type.Object({
        code: Type.String(),
        title: Words,
        state: Type.String(),
        receivedAt: Type.String(),
        waits: Type.Boolean(),
      }),
    ),
    certificates: Type.Array(CardSchema),
    likely: Type.Array(
      Type.Object({
        code: Type.Union([Type.String(), Type.Null()]),
        title: Words,
        reason: Type.Object({
          kind: Type.String(),
          certificate: Type.Optional(Words),
          on: Type.Optional(Type.String()),
          caseCode: Type.Optional(Type.String()),
          title: Type.Optional(Words),
          family: Type.Optional(Type.String()),
        }),
      }),
    ),
  }),
  errors: [NotFound, NotIdentified, NoConsent, MandateEnded],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:counter-ready' }, purpose: 'verify-application' },
    foreign: { as: 'street-clerk', params: { id: 'fixture:counter-foreign' }, purpose: 'verify-application' },
  },
  prepare: async ({ services, actor, params: { id } }) => {
    const session = await peekSession({ services, actor, id });
    assertMayRead(session, holderOf(services.keyring, session), services.clock.now());
    await assertMandate(services, session);
    const { ticket, family } = await services.database.tx(
      { module: 'service-hall', actor, readOnly: true },
      async (db) => {
        const found = await ticketAt(db, { centre: session.centre, window: session.window });
        const row = found
          ? await db.first<{ code: string; units: string[] }>(
              sql`select code, units from service_hall.family where code = ${found.family}`,
            )
          : undefined;
        return { ticket: found, family: row };
      },
    );
    const asPerson = inTheirName(actor, session);
    const nothing = { cases: [], certificates: [], earlier: {} };
    const known = asPerson ? await personAtWindow({ services, actor: asPerson }) : nothing;
    const types = [...new Set(known.certificates.map(({ type }) => type))];
    const items = await windowItems({ services, actor, units: family?.units ?? [], types });
    const base = findBase(services, 'population');
    const record: Record<string, string | null> = {};
    const disputed: string[] = [];
    if (base && asPerson?.person !== undefined)
      for (const [field, attribute] of SHOWN) {
        const standing = await base.stand({
          services,
          actor: asPerson,
          subject: asPerson.person,
          attribute,
          own: true,
        });
        const value = standing?.values.find(({ golden }) => golden)?.value;
        if (value !== undefined) record[field] = field === 'phone' ? maskPhone(value) : value;
        if (standing?.disputed) disputed.push(field);
      }
    return { known, items, ticket, family, record, disputed, person: asPerson?.person };
  },
  handler: async ({
    db,
    clock,
    params: { id },
    prepared: { known, items, ticket, family, record, disputed, person },
  }) => {
    await holdSession(db, id);
    const { name = null, phone = null, address = null, residenceFrom = null } = record;
    return {
      record: person === undefined || name === null ? null : { pid: person, name, phone, address, residenceFrom },
      disputed,
      cases: known.cases,
      certificates: known.certificates,
      likely: likelyItems({
        today: shanghaiDate(clock.now()),
        cases: known.cases,
        certificates: known.certificates,
        family: ticket?.family ?? null,
        items: items.map((item) => ({ ...item, ofFamily: family?.units.includes(item.unit) ?? false })),
      }),
    };
  },
});
