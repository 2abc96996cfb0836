/** OpenStreetMap XML (.osm): tagged nodes, ways with their line, relations with their members; tags are columns. */
import { SaxesParser } from 'saxes';
import { decodeText } from '#platform/exchange/read/decode.ts';
import { nodeStore } from '#platform/exchange/read/osm-nodes.ts';
import { ReadError, truncated } from '#platform/exchange/read/read-error.ts';
import type { FormatReader, SourceRecord, SourceValue } from '#platform/exchange/read/types.ts';

type Member = { readonly type: string; readonly ref: string; readonly role: string };
type Attributes = Readonly<Record<string, string>>;

/** Keys whose closed way is an area rather than a ring road (the usual core of the OSM area rules). */
const AREA_KEYS = [
  'building',
  'landuse',
  'leisure',
  'amenity',
  'natural',
  'tourism',
  'historic',
  'shop',
  'office',
  'place',
  'boundary',
];

/**
 * Streams the elements in file order. Columns: `@type` (node, way, relation), `@id`, `geometry` (WGS 84), each tag by its key, `@members`
 * (relations), `@missing` (way nodes that the extract does not hold). Untagged nodes are only points of ways.
 */
export const readOsmXml: FormatReader = async function* ({ bytes, info, chunkSize }) {
  const parser = new SaxesParser({ position: true });
  const nodes = nodeStore();
  const ready: SourceRecord[][] = [];
  let chunk: SourceRecord[] = [];
  let row = 0;
  let sawRoot = false;
  let closedRoot = false;
  let element: { type: string; attributes: Attributes; line: number } | undefined;
  let tags: Record<string, SourceValue> = {};
  let refs: number[] = [];
  let members: Member[] = [];

  const finish = (): void => {
    if (element === undefined) return;
    const { type, attributes, line } = element;
    const tagged = Object.keys(tags).length > 0;
    const values: Record<string, SourceValue> = { '@type': type, '@id': attributes['id'] ?? null, geometry: null };
    if (type === 'node') {
      const at = { id: Number(attributes['id']), lon: Number(attributes['lon']), lat: Number(attributes['lat']) };
      nodes.add(at);
      if (!tagged) return;
      values['geometry'] = { type: 'Point', coordinates: [at.lon, at.lat] };
    } else if (type === 'way') {
      const points = refs.map((ref) => nodes.get(ref)).filter((point) => point !== undefined);
      if (points.length < refs.length) values['@missing'] = String(refs.length - points.length);
      values['geometry'] = wayGeometry({ points, closed: refs.length > 3 && refs[0] === refs.at(-1), tags });
    } else {
      values['@members'] = members;
    }
    row += 1;
    chunk.push({ row, line, values: Object.assign(values, tags) });
    if (chunk.length >= chunkSize) {
      ready.push(chunk);
      chunk = [];
    }
  };

  parser.on('error', (cause) => {
    // At the end of the input the only fault is an element that is still open.
    if (/unclosed|unexpected end|must contain a root/i.test(cause.message)) {
      throw truncated({ what: { zh: 'XML 没有结束', en: 'the XML does not end' }, row, line: parser.line, cause });
    }
    throw new ReadError({
      code: 'xml-syntax',
      line: parser.line,
      row,
      cause,
      text: { zh: `第 ${parser.line} 行不是有效的 XML`, en: `not valid XML at line ${parser.line}` },
    });
  });
  parser.on('doctype', () => {
    throw new ReadError({
      code: 'xml-syntax',
      text: { zh: '不接受带 DTD 的文件', en: 'a file with a DTD is not accepted' },
    });
  });
  parser.on('opentag', (tag) => {
    const attributes = tag.attributes as Attributes;
    if (!sawRoot) {
      sawRoot = true;
      if (tag.name !== 'osm') {
        throw new ReadError({ code: 'xml-syntax', text: { zh: '根元素不是 osm', en: 'the root element is not osm' } });
      }
      return;
    }
    if (tag.name === 'node' || tag.name === 'way' || tag.name === 'relation') {
      element = { type: tag.name, attributes, line: parser.line };
      tags = {};
      refs = [];
      members = [];
    } else if (tag.name === 'tag') {
      const key = attributes['k'] ?? '';
      if (key !== '' && key !== '__proto__' && key !== 'geometry' && !key.startsWith('@'))
        tags[key] = attributes['v'] || null;
    } else if (tag.name === 'nd') refs.push(Number(attributes['ref']));
    else if (tag.name === 'member') {
      members.push({ type: attributes['type'] ?? '', ref: attributes['ref'] ?? '', role: attributes['role'] ?? '' });
    }
  });
  parser.on('closetag', (tag) => {
    if (tag.name === 'osm') closedRoot = true;
    if (element === undefined || tag.name !== element.type) return;
    finish();
    element = undefined;
  });

  const announce = (records: readonly SourceRecord[]): void => {
    if (info.columns.length === 0) info.columns = [...new Set(records.flatMap((record) => Object.keys(record.values)))];
  };
  for await (const text of decodeText(bytes, (encoding) => {
    info.encoding = encoding;
  })) {
    parser.write(text);
    for (const each of ready.splice(0)) {
      announce(each);
      yield each;
    }
  }
  parser.close();
  if (!closedRoot) throw truncated({ what: { zh: 'XML 没有结束', en: 'the XML does not end' }, row });
  announce(chunk);
  if (chunk.length > 0) yield chunk;
};

function wayGeometry(input: {
  points: readonly (readonly [number, number])[];
  closed: boolean;
  tags: Readonly<Record<string, SourceValue>>;
}): SourceValue {
  const { points, closed, tags } = input;
  if (points.length < 2) return null;
  const first = points[0];
  const last = points.at(-1);
  const ring = closed && points.length > 3 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
  const area = tags['area'] === 'yes' || (tags['area'] !== 'no' && AREA_KEYS.some((key) => key in tags));
  return ring && area ? { type: 'Polygon', coordinates: [points] } : { type: 'LineString', coordinates: points };
}
