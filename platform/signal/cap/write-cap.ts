import { escapeXml } from '#platform/document/ofd/xml.ts';
import type { CapArea, CapInfo, CapMessage } from './message.ts';

export const CAP_NAMESPACE = 'urn:oasis:names:tc:emergency:cap:1.2';

/** Writes a message as XML (OASIS CAP 1.2 §3.4): elements in the order of the schema, nothing that is empty. */
export function writeCap(message: CapMessage): string {
  const { references, addresses, incidents } = message;
  const lines = [
    tag('identifier', message.identifier),
    tag('sender', message.sender),
    tag('sent', message.sent),
    tag('status', message.status),
    tag('msgType', message.msgType),
    tag('source', message.source),
    tag('scope', message.scope),
    tag('restriction', message.restriction),
    tag('addresses', quoted(addresses)),
    ...each('code', message.code),
    tag('note', message.note),
    tag('references', references?.map(({ sender, identifier, sent }) => `${sender},${identifier},${sent}`).join(' ')),
    tag('incidents', quoted(incidents)),
    ...message.info.map(infoXml),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="${CAP_NAMESPACE}">\n${lines.filter(Boolean).join('\n')}\n</alert>\n`;
}

function infoXml(info: CapInfo): string {
  return block('info', [
    tag('language', info.language),
    ...each('category', info.category),
    tag('event', info.event),
    ...each('responseType', info.responseType),
    tag('urgency', info.urgency),
    tag('severity', info.severity),
    tag('certainty', info.certainty),
    tag('audience', info.audience),
    ...named('eventCode', info.eventCode),
    tag('effective', info.effective),
    tag('onset', info.onset),
    tag('expires', info.expires),
    tag('senderName', info.senderName),
    tag('headline', info.headline),
    tag('description', info.description),
    tag('instruction', info.instruction),
    tag('web', info.web),
    tag('contact', info.contact),
    ...named('parameter', info.parameter),
    ...(info.resource ?? []).map((resource) =>
      block('resource', [
        tag('resourceDesc', resource.resourceDesc),
        tag('mimeType', resource.mimeType),
        tag('size', resource.size),
        tag('uri', resource.uri),
        tag('digest', resource.digest),
      ]),
    ),
    ...(info.area ?? []).map(areaXml),
  ]);
}

function areaXml(area: CapArea): string {
  return block('area', [
    tag('areaDesc', area.areaDesc),
    ...(area.polygon ?? []).map((points) =>
      tag('polygon', points.map(([lat, lon]) => `${plain(lat)},${plain(lon)}`).join(' ')),
    ),
    ...(area.circle ?? []).map(({ lat, lon, radiusKm }) =>
      tag('circle', `${plain(lat)},${plain(lon)} ${plain(radiusKm)}`),
    ),
    ...named('geocode', area.geocode),
    tag('altitude', area.altitude === undefined ? undefined : plain(area.altitude)),
    tag('ceiling', area.ceiling === undefined ? undefined : plain(area.ceiling)),
  ]);
}

/** xs:decimal knows no exponent. */
const plain = (value: number): string =>
  /e/i.test(String(value)) ? value.toFixed(10).replace(/\.?0+$/, '') : String(value);
const tag = (name: string, value: string | number | undefined): string =>
  value === undefined || value === '' ? '' : `<${name}>${escapeXml(String(value))}</${name}>`;
const each = (name: string, values: readonly string[] | undefined): string[] =>
  (values ?? []).map((value) => tag(name, value));
const named = (name: string, pairs: readonly { valueName: string; value: string }[] | undefined): string[] =>
  (pairs ?? []).map(({ valueName, value }) => block(name, [tag('valueName', valueName), tag('value', value)]));
const block = (name: string, lines: readonly string[]): string =>
  `<${name}>\n${lines.filter(Boolean).join('\n')}\n</${name}>`;
/** Lists with spaces between; what holds a space itself stands in quotation marks (§3.2.1 addresses, incidents). */
const quoted = (values: readonly string[] | undefined): string | undefined =>
  values?.map((value) => (/\s/.test(value) ? `"${value.replaceAll('"', "'")}"` : value)).join(' ');
