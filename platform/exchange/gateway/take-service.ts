import type { TObject } from 'typebox';
import { port, type Services } from '#platform/kernel/app.ts';
import { type FieldFault, InvalidInput, PurposeNotAllowed } from '#platform/kernel/errors.ts';
import type { FieldMark } from '#platform/kernel/resource.ts';
import type { Text } from '#platform/kernel/text.ts';
import { ServiceNotAllowed } from './errors.ts';
import type { Served } from './serve.ts';
import type { SystemKey } from './system-keys.ts';

/**
 * A service that takes what an outside system pushes (推送接入): the gateway proves who sent it, that it is sent once and within what was
 * agreed, and writes it down; the module does the work in transactions of its own. A message is taken before its work is done: where the work
 * breaks off the sender signs a new one, so that the work must be the same however often it is asked for.
 */
export type TakeService = {
  /** `take.<what>`; the address is `/gateway/v1/take/<what>`. */
  id: string;
  title: Text;
  body: TObject;
  /** What a system must be permitted to bring, by the name of the member of the content; what is not named here anybody with the permit brings. */
  fields: Readonly<Record<string, { title: Text; mark: FieldMark }>>;
  /** Refuses with a domain error; the value is the answer. */
  take(call: { services: Services; system: string; body: unknown }): Promise<{ value: unknown; rows: number }>;
};

export const takeService = port<TakeService>('gateway.take-service');

/** Refuses what the system may not push: service, purpose, members of the content. */
export function checkTake(options: { service: TakeService; key: SystemKey; body: object; purpose: string }): void {
  const { service, key, body, purpose } = options;
  const permit = key.permits.find((p) => p.service === service.id);
  if (!permit) throw ServiceNotAllowed.with();
  if (!permit.purposes.includes(purpose)) throw PurposeNotAllowed.with();
  const faults: FieldFault[] = Object.keys(body)
    .filter((name) => service.fields[name] && !permit.fields.includes(name))
    .map((name) => ({
      pointer: `/${name}`,
      rule: 'permitted',
      message: { zh: `未获准提供“${name}”`, en: `may not bring “${name}”` },
    }));
  if (faults.length > 0) throw InvalidInput.with({ fields: faults });
}

/** The work of a message that was taken, and what the audit says of it. */
export async function serveTake(options: {
  services: Services;
  service: TakeService;
  key: SystemKey;
  body: object;
}): Promise<Served> {
  const { services, service, key, body } = options;
  const { value, rows } = await service.take({ services, system: key.system, body });
  const fields = Object.entries(service.fields).flatMap(([name, { mark }]) => (name in body ? [mark] : []));
  return { value, rows, subjects: [], fields };
}
