import { draftKey } from '#web/shell/drafts.ts';
import { useSession } from '#web/shell/session.tsx';
import { useDraft } from '#web/shell/use-draft.ts';

/** One thing a page: photo, place, what is known near it, words. */
export type ReportStep = 'photo' | 'place' | 'near' | 'words';

/** What a citizen has said so far (上报草稿): it outlives a reload. */
export type ReportDraft = {
  step: ReportStep;
  clientId: string;
  files: string[];
  picture?: string;
  // As typed; the pin follows where it is a place.
  lat: string;
  lon: string;
  accuracy?: number;
  confirmed: boolean;
  address: string;
  text: string;
  class: string;
  anonymous: boolean;
  phone: string;
};

const empty = (): ReportDraft => ({
  step: 'photo',
  clientId: crypto.randomUUID(),
  files: [],
  lat: '',
  lon: '',
  confirmed: false,
  address: '',
  text: '',
  class: '',
  anonymous: false,
  phone: '',
});

export function useReportDraft() {
  const { me } = useSession();
  const [draft, change, forget] = useDraft<ReportDraft>(draftKey(me.account, 'grid-report'), empty);
  const put = (more: Partial<ReportDraft>) => change((old) => ({ ...old, ...more }));
  return { draft, put, forget };
}

/** The pin, where what was typed is a place. */
export function pinOf({ lat, lon }: { lat: string; lon: string }): { lat: number; lon: number } | undefined {
  const [y, x] = [Number(lat), Number(lon)];
  const there = lat.trim() !== '' && lon.trim() !== '' && Math.abs(y) <= 90 && Math.abs(x) <= 180;
  return there ? { lat: y, lon: x } : undefined;
}

/** The body of the report as the server takes it. */
export function bodyOf(draft: ReportDraft): Record<string, unknown> {
  const pin = pinOf(draft);
  const { clientId, text, address, accuracy, confirmed, files, picture, anonymous, phone } = draft;
  return {
    clientId,
    text: text.trim(),
    lon: pin?.lon,
    lat: pin?.lat,
    ...(draft.class && { class: draft.class }),
    ...(address.trim() && { address: address.trim() }),
    ...(accuracy !== undefined && { accuracy: Math.round(accuracy) }),
    ...(confirmed && { pinConfirmed: true }),
    ...(files.length > 0 && { files }),
    ...(picture && { picture }),
    ...(anonymous ? { anonymous: true } : phone.trim() && { contact: { phone: phone.trim() } }),
  };
}
