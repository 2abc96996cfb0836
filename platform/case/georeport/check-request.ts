import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { CaseClass } from '../classes.ts';
import { type Fault, GeoReportError } from './fault.ts';
import type { Form } from './form.ts';
import { attributesOf, PART_CODE, SAME_AS } from './services.ts';

/** A request as it is understood: at a pin, or at an address that has to be found first. */
export type Request = {
  class: CaseClass;
  text: string;
  pin: { lon: number; lat: number } | undefined;
  address: string | undefined;
  addressId: string | undefined;
  mediaUrl: string | undefined;
  part: string | undefined;
  sameAs: string | undefined;
  accountId: string | undefined;
  contact: { name?: string; phone?: string; email?: string } | null;
};

/** “Free form text limited to 4,000 characters.” */
const LONGEST = 4000;
const Email = Compile(Type.String({ format: 'email', maxLength: 254 }));
const NUMBER = /^-?\d{1,3}(\.\d{1,15})?$/;

/** Checks all arguments of POST Service Request; what is wrong is told all at once, each by its name. */
export function checkRequest({ given, attributes }: Form, classes: readonly CaseClass[]): Request {
  const faults: Fault[] = [];
  const wrong = (description: string, code = 400): undefined => void faults.push({ code, description });
  const short = (name: string, most: number): string | undefined => {
    const text = given[name]?.trim();
    return text !== undefined && text.length > most ? wrong(`${name} is longer than ${most} characters`) : text;
  };
  const degrees = (name: 'lat' | 'long', most: number): number | undefined => {
    const text = given[name]?.trim();
    if (text === undefined) return undefined;
    const value = NUMBER.test(text) ? Number(text) : Number.NaN;
    return Math.abs(value) <= most ? value : wrong(`${name} must be a number of degrees (WGS 84)`);
  };
  const code = given.service_code?.trim();
  const known = classes.find((each) => each.code === code);
  if (code === undefined) wrong('service_code was not provided');
  else if (!known) wrong('service_code provided was not found', 404);
  const [lat, lon] = [degrees('lat', 90), degrees('long', 180)];
  const [address, addressId] = [short('address_string', 200), short('address_id', 80)];
  if ((given.lat === undefined) !== (given.long === undefined)) wrong('lat and long must be sent both');
  if (given.lat === undefined && given.long === undefined && address === undefined && addressId === undefined)
    wrong('a location was not provided: lat and long, address_string or address_id');
  const mediaUrl = short('media_url', 2000);
  if (mediaUrl !== undefined && !/^https?:\/\/\S+$/.test(mediaUrl)) wrong('media_url must be an http or https address');
  const email = short('email', 254);
  if (email !== undefined && !Email.Check(email)) wrong('email is no e-mail address');
  const names = [short('last_name', 40), short('first_name', 40)].filter((each) => each !== undefined);
  const phone = short('phone', 20);
  const accountId = short('account_id', 80);
  short('device_id', 200);
  const text = short('description', LONGEST);
  for (const [name, values] of known ? attributes : []) {
    const asked = attributesOf(known ?? { kind: 'event' }).find((each) => each.code === name);
    if (!asked) wrong(`attribute[${name}] is none of this service`);
    else if (values.length !== 1 || !asked.pattern.test(values[0] ?? ''))
      wrong(`attribute[${name}] must be ${asked.hint}`);
  }
  if (faults.length > 0 || !known) throw new GeoReportError(faults);
  return {
    class: known,
    // Words are optional in the standard; the class says what is wrong then.
    text: text ?? known.name.zh,
    pin: lat === undefined || lon === undefined ? undefined : { lon, lat },
    address,
    addressId,
    mediaUrl,
    part: attributes.get(PART_CODE)?.[0],
    sameAs: attributes.get(SAME_AS)?.[0],
    accountId,
    contact: email || phone || names.length > 0 ? { email, phone, name: names.join(' ') || undefined } : null,
  };
}
