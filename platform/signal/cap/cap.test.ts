import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { warningIdentifier } from './identifier.ts';
import {
  CATEGORIES,
  type CapMessage,
  CERTAINTIES,
  capTime,
  messageFaults,
  RESPONSES,
  CAP_SEVERITIES,
  SCOPES,
  STATUSES,
  URGENCIES,
} from './message.ts';
import { CapError, MAX_BYTES, readCap } from './read-cap.ts';
import { CAP_NAMESPACE, writeCap } from './write-cap.ts';

const SCHEMA = readFileSync(join(import.meta.dirname, 'fixtures/CAP-v1.2.xsd'), 'utf8');
/** libxml2 with the schema of OASIS: not ours, so it does not share our mistakes. */
async function judged(xml: string) {
  const { valid, errors } = await validateXML({
    xml: [{ fileName: 'message.xml', contents: xml }],
    schema: [{ fileName: 'cap.xsd', contents: SCHEMA }],
  });
  return { valid, errors: errors.map(({ message }) => message) };
}
const bytes = (text: string) => Buffer.from(text, 'utf8');
const read = (xml: string) => readCap(bytes(xml));

const FULL: CapMessage = {
  identifier: '31010100000001_20261126203000_0',
  sender: 'centre@district.example',
  sent: '2026-11-26T20:30:00+08:00',
  status: 'Actual',
  msgType: 'Update',
  source: '城运中心 <值班>',
  scope: 'Public',
  code: ['district-1'],
  note: 'A & B',
  references: [
    {
      sender: 'centre@district.example',
      identifier: '31010100000001_20261126200000_0',
      sent: '2026-11-26T20:00:00+08:00',
    },
  ],
  incidents: ['typhoon 2026'],
  info: [
    {
      language: 'zh-CN',
      category: ['Met', 'Safety'],
      event: '台风橙色预警',
      responseType: ['Shelter', 'Avoid'],
      urgency: 'Immediate',
      severity: 'Severe',
      certainty: 'Likely',
      eventCode: [{ valueName: 'GB/T 35561-2017', value: '11B01' }],
      effective: '2026-11-26T20:30:00+08:00',
      expires: '2026-11-27T08:00:00+08:00',
      senderName: '黄浦区城运中心',
      headline: '今夜到明天上午有大风',
      description: '阵风 10–12 级。\n请勿靠近江边。',
      instruction: '关好门窗；不要外出。',
      web: 'https://district.example/warnings/1',
      contact: '12345',
      parameter: [{ valueName: 'wind', value: '12' }],
      resource: [
        {
          resourceDesc: '路径图',
          mimeType: 'image/png',
          size: 1024,
          uri: 'https://district.example/map.png',
          digest: 'a'.repeat(40),
        },
      ],
      area: [
        {
          areaDesc: '外滩街道',
          polygon: [
            [
              [31.24, 121.48],
              [31.24, 121.49],
              [31.23, 121.49],
              [31.24, 121.48],
            ],
          ],
          circle: [{ lat: 31.235, lon: 121.485, radiusKm: 1.5 }],
          geocode: [{ valueName: 'GB/T 2260', value: '310101013' }],
          altitude: 0,
          ceiling: 300,
        },
      ],
    },
    {
      language: 'en-US',
      category: ['Met'],
      event: 'Typhoon',
      urgency: 'Immediate',
      severity: 'Severe',
      certainty: 'Likely',
      headline: 'Strong wind tonight',
    },
  ],
};
const MINIMAL: CapMessage = {
  identifier: 'a',
  sender: 'b',
  sent: '2026-11-26T20:30:00+08:00',
  status: 'Test',
  msgType: 'Cancel',
  scope: 'Public',
  references: [{ sender: 'b', identifier: 'x', sent: '2026-11-26T20:00:00+08:00' }],
  info: [],
};

describe('writing and reading CAP 1.2', () => {
  it('every element of the standard is written as the schema of OASIS wants it, and read back the same', async () => {
    for (const message of [FULL, MINIMAL]) {
      const xml = writeCap(message);
      expect(await judged(xml)).toEqual({ valid: true, errors: [] });
      expect(read(xml)).toEqual(message);
    }
  });
  it('any message that the rules allow is valid for libxml2 and comes back unchanged', async () => {
    const word = fc
      .string({
        minLength: 1,
        maxLength: 30,
        unit: fc.constantFrom('a', '<', '&', '"', ']', '>', '台', '风', '-', '1'),
      })
      .filter((text) => text.trim() !== '');
    const info = fc.record({
      language: fc.constantFrom('zh-CN', 'en-US'),
      category: fc.uniqueArray(fc.constantFrom(...CATEGORIES), { minLength: 1, maxLength: 3 }),
      event: word,
      responseType: fc.uniqueArray(fc.constantFrom(...RESPONSES), { minLength: 1, maxLength: 2 }),
      urgency: fc.constantFrom(...URGENCIES),
      severity: fc.constantFrom(...CAP_SEVERITIES),
      certainty: fc.constantFrom(...CERTAINTIES),
      headline: word,
      expires: fc.integer({ min: 0, max: 4e9 }).map((s) => capTime(new Date(s * 1000))),
      area: fc.array(
        fc.record({
          areaDesc: word,
          circle: fc.array(
            fc.record({
              lat: fc.integer({ min: -90, max: 90 }),
              lon: fc.integer({ min: -180, max: 180 }),
              radiusKm: fc.integer({ min: 0, max: 100 }).map((r) => r / 8),
            }),
            { minLength: 1, maxLength: 2 },
          ),
        }),
        { minLength: 1, maxLength: 2 },
      ),
    });
    const message = fc.record({
      identifier: fc.constant('id-1'),
      sender: fc.constant('a@b'),
      sent: fc.constant('2026-11-26T20:30:00+08:00'),
      status: fc.constantFrom(...STATUSES),
      msgType: fc.constant('Alert' as const),
      scope: fc.constantFrom(...SCOPES),
      restriction: fc.constant('staff'),
      addresses: fc.constant<string[]>(['a b', 'c']),
      info: fc.array(info, { minLength: 1, maxLength: 2 }),
    });
    for (const one of fc.sample(message, { numRuns: 25, seed: 310101 })) {
      expect(messageFaults(one)).toEqual([]);
      const xml = writeCap(one);
      expect(await judged(xml)).toEqual({ valid: true, errors: [] });
      expect(read(xml)).toEqual(one);
    }
  });
  it('libxml2 and we refuse the same messages', async () => {
    const xml = writeCap(FULL);
    const bad = [
      xml.replace('<status>Actual</status>', '<status>Real</status>'),
      xml.replace('2026-11-26T20:30:00+08:00</sent>', '2026-11-26T12:30:00Z</sent>'),
      xml.replace(/<sender>.*<\/sender>\n/, ''),
      xml.replace('<urgency>Immediate</urgency>', ''),
      xml.replace('<scope>Public</scope>', '<scope>Public</scope><sound>loud</sound>'),
      xml.replace(/(<status>.*<\/status>)\n(<msgType>.*<\/msgType>)/, '$2\n$1'),
      xml.replace('<areaDesc>外滩街道</areaDesc>', ''),
      xml.replaceAll(CAP_NAMESPACE, 'urn:oasis:names:tc:emergency:cap:1.1'),
    ];
    for (const each of bad) {
      expect(each).not.toBe(xml);
      expect((await judged(each)).valid).toBe(false);
      expect(() => read(each)).toThrow(CapError);
    }
  });
  it('passes over a signature of another namespace, and reads the example of an other writer', () => {
    const xml = writeCap(FULL).replace(
      '</alert>',
      '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>x</ds:SignedInfo></ds:Signature></alert>',
    );
    expect(read(xml)).toEqual(FULL);
    expect(
      read(
        writeCap(FULL)
          .replaceAll(/<(\/?)([a-zA-Z])/g, '<$1cap:$2')
          .replace('xmlns=', 'xmlns:cap='),
      ),
    ).toEqual(FULL);
    expect(read(writeCap(FULL).replace('<note>A &amp; B</note>', '<note><![CDATA[A & B]]></note>'))).toEqual(FULL);
  });
});

describe('what may not come in', () => {
  const alert = (inside: string, before = '') =>
    `<?xml version="1.0" encoding="UTF-8"?>${before}<alert xmlns="${CAP_NAMESPACE}">${inside}</alert>`;
  it.each([
    ['a document type', alert('', '<!DOCTYPE alert>')],
    ['an entity', alert('&bomb;')],
    ['an entity bomb', alert('&b;', '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>')],
    ['an outside entity', alert('&x;', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>')],
    ['a processing instruction', alert('<?php x ?>')],
    ['depth', alert(`${'<info>'.repeat(50)}${'</info>'.repeat(50)}`)],
    ['foreign depth', alert(`${'<x xmlns="y">'.repeat(2_000)}${'</x>'.repeat(2_000)}`)],
    ['what does not end', `<alert xmlns="${CAP_NAMESPACE}"><identifier>`],
    ['another encoding', alert('').replace('UTF-8', 'GBK')],
    ['nothing', ''],
  ])('%s', (_name, xml) => expect(() => read(xml)).toThrow(CapError));
  it('what is too large, and what is not UTF-8', () => {
    expect(() => readCap(Buffer.alloc(MAX_BYTES + 1, 32))).toThrow(CapError);
    expect(() => readCap(Buffer.from([0xff, 0xfe, 0x3c]))).toThrow(CapError);
  });
  it('any bytes give a message or a CapError, nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(1_000), (noise, at) => {
        const whole = bytes(writeCap(FULL));
        whole.set(noise.slice(0, Math.max(0, whole.length - at)), Math.min(at, whole.length));
        try {
          readCap(whole);
        } catch (error) {
          expect(error).toBeInstanceOf(CapError);
        }
      }),
      { seed: 310101, numRuns: 300 },
    );
  });
});

it('what the schema cannot say: references, restriction, addresses, closed polygons, times that exist', () => {
  const pointers = (more: Partial<CapMessage>) => messageFaults({ ...FULL, ...more }).map(({ pointer }) => pointer);
  expect(pointers({})).toEqual([]);
  expect(pointers({ references: undefined })).toEqual(['/references']);
  expect(pointers({ scope: 'Restricted' })).toEqual(['/restriction']);
  expect(pointers({ scope: 'Private' })).toEqual(['/addresses']);
  expect(pointers({ info: [] })).toEqual(['/info']);
  expect(pointers({ sent: '2026-02-30T10:00:00+08:00' })).toEqual(['/sent']);
  const info = FULL.info[0]!;
  expect(pointers({ info: [{ ...info, expires: '2026-11-26T20:30:00+08:00' }] })).toEqual(['/info/0/expires']);
  expect(
    pointers({
      info: [
        {
          ...info,
          area: [
            {
              areaDesc: 'x',
              polygon: [
                [
                  [31, 121],
                  [31, 122],
                  [32, 122],
                  [32, 121],
                ],
              ],
            },
          ],
        },
      ],
    }),
  ).toEqual(['/info/0/area/0/polygon/0']);
  expect(
    pointers({ info: [{ ...info, area: [{ areaDesc: 'x', circle: [{ lat: 121, lon: 31, radiusKm: 1 }] }] }] }),
  ).toEqual(['/info/0/area/0/circle/0']);
});

it('an identifier has 31 characters (GB/T 35965.1-2018)', () => {
  const id = warningIdentifier({ issuer: '31010100000001', at: new Date('2026-11-26T12:30:05Z'), n: 3 });
  expect(id).toBe('31010100000001_20261126203005_3');
  expect(id).toHaveLength(31);
  expect(() => warningIdentifier({ issuer: '310101', at: new Date(), n: 0 })).toThrow(RangeError);
  expect(() => warningIdentifier({ issuer: '31010100000001', at: new Date(), n: 10 })).toThrow(RangeError);
});
