import type { Text } from '#platform/kernel/text.ts';
import { AGENCY } from './model.ts';

export const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const SCHEMAS = 'http://www.sdmx.org/resources/sdmxml/schemas/v2_1';
const SHARED = `xmlns:message="${SCHEMAS}/message" xmlns:common="${SCHEMAS}/common" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`;
export const NAMESPACES = { data: SHARED, structure: `${SHARED} xmlns:structure="${SCHEMAS}/structure"` };

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Text for an attribute or an element. Control characters that XML 1.0 does not have are left out. */
export const attribute = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').replace(/[&<>"]/g, (c) => ESCAPES[c] ?? c);

/** A name in both languages. */
export const names = (title: Text, tag = 'common:Name'): string =>
  (['en', 'zh'] as const).map((l) => `<${tag} xml:lang="${l}">${attribute(title[l])}</${tag}>`).join('');

export function header(options: { id: string; prepared: Date; title: Text; inside?: string }): string {
  const { id, prepared, title, inside = '' } = options;
  return `<message:Header><message:ID>${id}</message:ID><message:Test>false</message:Test><message:Prepared>${prepared.toISOString()}</message:Prepared><message:Sender id="${AGENCY}">${names(title)}</message:Sender>${inside}</message:Header>`;
}
