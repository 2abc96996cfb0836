import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { domainError } from '#platform/kernel/errors.ts';
import { isPersonal, levelOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { SourceProblem } from '../connect/connector.ts';
import { findTarget } from '../import-batch.ts';
import type { SubscriptionRow, Terms } from './changes.ts';

export const GrantNotUsable = domainError({
  code: 'GRANT_NOT_USABLE',
  status: 422,
  title: { zh: '该授权不能用于这个接口', en: 'This grant does not cover the feed' },
  action: { zh: '请选择本接口数据的有效授权。', en: 'Choose a grant in force on what this feed brings.' },
});
export const GrantFieldsAbsent = domainError({
  code: 'GRANT_FIELDS_ABSENT',
  status: 422,
  title: { zh: '授权中有本接口不提供的字段', en: 'The grant names fields that this feed does not bring' },
  action: { zh: '请按接口的字段申请授权。', en: 'Have a grant made of the fields that the feed brings.' },
});
export const PersonalNotDelivered = domainError({
  code: 'PERSONAL_NOT_DELIVERED',
  status: 422,
  title: { zh: '个人信息不随接口变更投递', en: 'Personal data are not delivered as changes of a feed' },
  action: {
    zh: '请由接收方按授权和用途逐次读取，读取会留痕。',
    en: 'Let the taker read them by its grant and for a purpose: each reading is written down.',
  },
});
export const GrantOfAnother = domainError({
  code: 'GRANT_OF_ANOTHER',
  status: 403,
  title: { zh: '只有数据提供单位可以投递该授权', en: 'Only the unit that owns the data delivers under this grant' },
  action: { zh: '请联系数据提供单位。', en: 'Ask the unit that owns the data.' },
});
export const AddressNotAllowed = domainError({
  code: 'ADDRESS_NOT_ALLOWED',
  status: 422,
  title: { zh: '该授权不能投递到这个地址', en: 'Data of this grant do not go to this address' },
  action: {
    zh: '外部地址只用于网关授权，并须为 https。',
    en: 'An address is for grants of the gateway only, and must be https.',
  },
});

type Delivery = Pick<SubscriptionRow, 'unit' | 'kind' | 'url'> & { dataset: string };
type Why = { spec: typeof GrantNotUsable; extra?: Record<string, unknown> };

/**
 * Why a grant may not be delivered by this feed, or undefined. Nothing of a person is sent along (K6): what leaves here has no
 * purpose and names nobody, so that nobody could be told. What is shared on conditions is delivered by its owner only, and to
 * outside only for outside.
 */
export async function refusalOf(
  db: Db,
  options: { services: Services; terms: Terms; delivery: Delivery },
): Promise<Why | undefined> {
  const { services, terms, delivery } = options;
  const resource = services.registry.resource(terms.resource)?.resource;
  if (!resource) return { spec: GrantNotUsable };
  const marks = terms.fields.map((name) => resource.fields[name]);
  if (isPersonal(levelOf(marks.map((field) => field?.level ?? 'L4')))) return { spec: PersonalNotDelivered };
  const { target } = await db.one<{ target: string }>(
    sql`select target from exchange.dataset where id = ${delivery.dataset}`,
  );
  const brought = new Set(findTarget(services, target).fields.map(({ name }) => name));
  const missing = terms.fields.filter((name) => !brought.has(name));
  if (missing.length > 0) return { spec: GrantFieldsAbsent, extra: { missing } };
  // A row filter on what the feed does not carry could not be kept.
  if (terms.row_filter.some(({ field }) => !brought.has(field))) return { spec: GrantNotUsable };
  if (resource.sharing === 'unconditional') return undefined;
  if (terms.owner !== delivery.unit) return { spec: GrantOfAnother };
  if (delivery.kind === 'http' && (terms.taker !== 'gateway' || !delivery.url?.startsWith('https:')))
    return { spec: AddressNotAllowed };
  return undefined;
}

/** The same for the page of the feed, where a grant was changed after it had been subscribed. */
export const problemOf = ({ spec }: Why): SourceProblem => new SourceProblem(spec.code, spec.title);
