/** A text for people, in the two languages of the product. Chinese is written first and is what is shown by default. */
export type Text = { zh: string; en: string };

export type Language = keyof Text;

/** Picks the language of a request from its Accept-Language header; Chinese unless English is preferred. */
export function languageOf(header: string | undefined): Language {
  if (!header) return 'zh';
  const first = header.split(',')[0]?.trim().toLowerCase() ?? '';
  return first.startsWith('en') ? 'en' : 'zh';
}
