/** What a system learns of a person, beside the user name. */
export type Attributes = Record<string, string | boolean | readonly string[]>;

/** Error codes of the protocol (CAS 3.0, 2.5.3). */
export type CasFault =
  | 'INVALID_REQUEST'
  | 'UNAUTHORIZED_SERVICE_PROXY'
  | 'INVALID_TICKET'
  | 'INVALID_SERVICE'
  | 'INTERNAL_ERROR';

/** What is said of a ticket: whose it was, or why it is worth nothing. */
export type Verdict = { user: string; attributes: Attributes } | { fault: CasFault; description: string };

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand in an XML document: what XML 1.0 cannot hold is left out. */
export function xmlText(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
}

/** Answer as XML (CAS 3.0, appendix A). */
export function verdictXml(verdict: Verdict): string {
  const inner =
    'fault' in verdict
      ? `<cas:authenticationFailure code="${verdict.fault}">${xmlText(verdict.description)}</cas:authenticationFailure>`
      : `<cas:authenticationSuccess><cas:user>${xmlText(verdict.user)}</cas:user>${attributesXml(verdict.attributes)}</cas:authenticationSuccess>`;
  return `<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">${inner}</cas:serviceResponse>\n`;
}

function attributesXml(attributes: Attributes): string {
  const lines = Object.entries(attributes).flatMap(([name, value]) =>
    (typeof value === 'object' ? value : [String(value)]).map((text) => `<cas:${name}>${xmlText(text)}</cas:${name}>`),
  );
  return lines.length === 0 ? '' : `<cas:attributes>${lines.join('')}</cas:attributes>`;
}

/** Answer as JSON (CAS 3.0, 2.5.2). */
export function verdictJson(verdict: Verdict): Record<string, unknown> {
  if ('fault' in verdict) {
    const { fault: code, description } = verdict;
    return { serviceResponse: { authenticationFailure: { code, description } } };
  }
  const { user, attributes } = verdict;
  const some = Object.keys(attributes).length > 0;
  return { serviceResponse: { authenticationSuccess: { user, ...(some ? { attributes } : {}) } } };
}

/** Tells a system whose session has ended (CAS 3.0, appendix C): by the ticket that it began with. */
export function logoutRequestXml(options: { id: string; at: Date; user: string; ticket: string }): string {
  const { id, at, user, ticket } = options;
  return `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" Version="2.0" IssueInstant="${at.toISOString()}"><saml:NameID>${xmlText(user)}</saml:NameID><samlp:SessionIndex>${ticket}</samlp:SessionIndex></samlp:LogoutRequest>`;
}
