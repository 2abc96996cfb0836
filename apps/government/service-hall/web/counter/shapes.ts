import type { Reply } from '#web/client/reply.ts';

export type Counter = Reply<'/api/service-hall/counter'>;
export type Session = NonNullable<Counter['session']>;
export type Draft = NonNullable<Session['draft']>;
export type DraftField = Draft['fields'][number];
export type DraftMaterial = Draft['materials'][number];
export type Person = Reply<'/api/service-hall/counter/sessions/{id}/person'>;
export type Sent = Reply<'/api/service-hall/counter/sessions/{id}/send', 'post'>;
export type Screen = Reply<'/api/service-hall/second-screens/show', 'post'>;

/** Purpose under which a window looks at whoever stands there. */
export const PURPOSES = ['verify-application'];
export const GROUPS = ['applicant', 'enterprise', 'agent', 'premises', 'matter', 'delivery'] as const;
export const isEmpty = (value: DraftField['value']): boolean => value === null || value === '';
/** GB/T 2261.1 in words. */
const SEXES: Readonly<Record<string, string>> = { '1': '男', '2': '女' };
/** A value as people read it. */
export function shownValue({ element, value }: Pick<DraftField, 'element' | 'value'>): string {
  if (typeof value === 'boolean') return value ? '是' : '否';
  const text = String(value ?? '');
  return element === 'sex' ? (SEXES[text] ?? text) : text;
}
export const sessionPath = (id: string, rest: string): string => `/api/service-hall/counter/sessions/${id}/${rest}`;
