import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { CapError, MAX_BYTES, readCap } from './read-cap.ts';
import { CAP_NAMESPACE } from './write-cap.ts';

/*
 * Messages as others write them, made up here in their manner: the habits of weather services and of the examples of the standard's appendix A, which the schema
 * of OASIS allows. What is refused is refused at its place.
 */
const SCHEMA = readFileSync(join(import.meta.dirname, 'fixtures/CAP-v1.2.xsd'), 'utf8');
const judged = async (xml: string): Promise<boolean> =>
  (
    await validateXML({
      xml: [{ fileName: 'message.xml', contents: xml }],
      schema: [{ fileName: 'cap.xsd', contents: SCHEMA }],
    })
  ).valid;
const read = (xml: string) => readCap(Buffer.from(xml, 'utf8'));
const head = (more = '', of: { sent?: string; msgType?: string } = {}) =>
  `<identifier>urn:oid:2.49.0.1.999.0.2026.1</identifier><sender>w-nws.webmaster@weather.example</sender><sent>${of.sent ?? '2026-11-26T04:43:00-08:00'}</sent><status>Actual</status><msgType>${of.msgType ?? 'Alert'}</msgType>${more}`;
const kinds = '<urgency>Future</urgency><severity>Severe</severity><certainty>Possible</certainty>';
const info = (inside = '', before = '') =>
  `<info>${before}<category>Met</category><event>Winter Storm Watch</event>${kinds}${inside}</info>`;
const whole = (inside: string, before = '') =>
  `<?xml version = '1.0' encoding = 'UTF-8' standalone = 'yes'?>${before}<alert xmlns = '${CAP_NAMESPACE}'>${inside}</alert>`;
const pair = (kind: string, name: string, value: string) =>
  `<${kind}><valueName>${name}</valueName><value>${value}</value></${kind}>`;

describe('what strangers send is taken in', () => {
  const long = 'HAZARDOUS WEATHER IS POSSIBLE. '.repeat(300);
  const messages: Record<string, string> = {
    'a weather service: style sheet, comment, names without values, codes without end, over before it begins': whole(
      `<!-- http-date = Thu, 26 Nov 2026 12:43:00 GMT -->${head('<scope>Public</scope><note>Watch for Kern; Tulare</note>')}${info(
        `${pair('eventCode', 'SAME', 'WSA')}${pair('eventCode', 'NationalWeatherService', 'WSA')}<effective>2026-11-26T04:43:00-08:00</effective><onset>2026-11-28T22:00:00-08:00</onset><expires>2026-11-26T20:45:00-08:00</expires><headline>${'Watch '.repeat(40)}</headline><description>${long}</description><web>http://www.weather.example</web>${pair('parameter', 'VTEC', '')}${pair('parameter', 'BLOCKCHANNEL', 'EAS')}<area><areaDesc>Kern</areaDesc><polygon></polygon>${pair('geocode', 'SAME', '006029').repeat(120)}${pair('geocode', 'UGC', 'CAZ095')}</area>`,
        '<language>en-US</language>',
      )}`,
      "<?xml-stylesheet href='https://alerts.weather.example/cap/capatomproduct.xsl' type='text/xsl'?>",
    ),
    'a European service: the same in three languages, several areas': whole(
      `${head('<scope>Public</scope>', { sent: '2026-11-26T12:43:00-00:00' })}${['de-DE', 'fr-FR', 'en-GB']
        .map((language) =>
          info(
            `<expires>2026-11-27T12:00:00+01:00</expires>${pair('parameter', 'awareness_level', '3; orange; Severe')}<area><areaDesc>A</areaDesc>${pair('geocode', 'EMMA_ID', 'XX001')}</area><area><areaDesc>B</areaDesc><polygon>47.1,8.1 47.2,8.1 47.2,8.2 47.1,8.1</polygon><polygon>46.1,8.1 46.2,8.1 46.2,8.2 46.1,8.1</polygon></area>`,
            `<language>${language}</language>`,
          ),
        )
        .join('')}`,
    ),
    'an earthquake: an update of another message, a circle of no width, the picture inside': whole(
      `${head(
        '<scope>Public</scope><references>trinet@institute.example,TRI13970876.1,2026-11-26T04:30:00-08:00 a@b.example,TRI0,2026-11-26T04:20:00-08:00</references><incidents>13970876 "second one"</incidents>',
        { msgType: 'Update' },
      )}${info(`<resource><resourceDesc>map</resourceDesc><mimeType>image/gif</mimeType><size>43</size><derefUri>${'R0lGODlhAQABAAAAACw='.repeat(50)}</derefUri></resource><area><areaDesc>1 mi. WSW of town</areaDesc><circle>32.9525,-115.5527 0</circle><altitude>0</altitude><ceiling>100</ceiling></area>`)}`,
    ),
    'a restricted one, and a cancel without any content': whole(
      head(
        '<scope>Restricted</scope><restriction>stations only</restriction><references>a@b.example,TRI0,2026-11-26T04:20:00-08:00</references>',
        { msgType: 'Cancel' },
      ),
    ),
  };
  it.each(Object.entries(messages))('%s', async (_name, xml) => {
    expect(await judged(xml)).toBe(true);
    const message = read(xml);
    expect(message.sender).toContain('weather.example');
    expect(JSON.stringify(message)).not.toContain('R0lGOD');
  });
});

describe('what is wrong is refused at its place', () => {
  const area = (inside: string) => info(`<area><areaDesc>x</areaDesc>${inside}</area>`);
  const open = head('<scope>Public</scope>');
  it.each<[string, string, string]>([
    [
      'the order of elements',
      whole(`${open}${info('<area><areaDesc>x</areaDesc></area><web>http://x.example</web>')}`),
      '/info/0/web',
    ],
    ['an element twice', whole(`${open}${info('<headline>a</headline><headline>b</headline>')}`), '/info/0/headline'],
    ['an element that is none', whole(`${open}${info('')}${info('<urgent>yes</urgent>')}`), '/info/1/urgent'],
    [
      'a polygon that is none',
      whole(`${open}${area('<polygon>1,1 1,2 2,2 1,1</polygon><polygon>1,1 x,2</polygon>')}`),
      '/info/0/area/0/polygon/1',
    ],
    ['a circle without radius', whole(`${open}${area('<circle>1,1</circle>')}`), '/info/0/area/0/circle/0'],
    ['a circle with too much', whole(`${open}${area('<circle>1,1 2 3</circle>')}`), '/info/0/area/0/circle/0'],
    ['a circle without a centre', whole(`${open}${area('<circle>5</circle>')}`), '/info/0/area/0/circle/0'],
    ['longitude first', whole(`${open}${area('<circle>121.4,31.2 1</circle>')}`), '/info/0/area/0/circle/0'],
    [
      'a day that is none',
      whole(head('<scope>Public</scope>', { sent: '2026-02-30T00:00:00+08:00' }) + info()),
      '/sent',
    ],
    [
      'a time without its place',
      whole(head('<scope>Public</scope>', { sent: '2026-02-20T00:00:00Z' }) + info()),
      '/sent',
    ],
    ['an update of nothing', whole(head('<scope>Public</scope>', { msgType: 'Update' }) + info()), '/references'],
    [
      'a reference that is none',
      whole(`${head('<scope>Public</scope><references>a,b</references>', { msgType: 'Update' })}${info()}`),
      '/references',
    ],
    ['a severity that is none', whole(`${open}${info()}`.replace('Severe', 'Terrible')), '/info/0/severity'],
  ])('%s', (_name, xml, pointer) => {
    let caught: unknown;
    try {
      read(xml);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(CapError);
    expect((caught as CapError).faults.map((fault) => fault.pointer)).toContain(pointer);
  });

  it('a circle without radius, in words that say what is missing', () => {
    for (const circle of ['31.2,121.4', ' 31.2,121.4 ']) {
      const xml = whole(`${open}${area(`<circle>${circle}</circle>`)}`);
      const caught = (() => {
        try {
          return read(xml);
        } catch (error) {
          return error;
        }
      })();
      expect((caught as CapError).faults).toMatchObject([
        { zh: expect.stringContaining('缺少半径'), en: expect.stringContaining('no radius') },
      ]);
    }
  });

  it('five megabytes, and a bomb inside a style sheet’s neighbour, are refused without being unpacked', () => {
    expect(() => readCap(Buffer.alloc(5 * 1024 * 1024, 'x'))).toThrow(`larger than ${MAX_BYTES}`);
    const bomb = `<!DOCTYPE alert [<!ENTITY a "${'a'.repeat(1000)}"><!ENTITY b "${'&a;'.repeat(1000)}">]>`;
    expect(() => read(whole(`${open}${info('<headline>&b;</headline>')}`, bomb))).toThrow('document type');
    expect(() => read(whole(open + info(), '<?xml-model href="file:///etc/passwd"?>'))).toThrow('processing');
  });
});
