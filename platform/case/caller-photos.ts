import type { Services } from '#platform/kernel/app.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { attachDocument } from '#platform/document/attach-document.ts';
import { PHOTO_KIND } from './act.ts';
import { heldOf, inCases } from './caller-report.ts';
import { tell } from './tell.ts';

/** Adds photos of the place that came with the report (来电人照片): whoever may read the case sees them. Done twice it is done once. */
export function addCallerPhotos(services: Services, of: { report: string; files: readonly string[] }): Promise<void> {
  const { report, files } = of;
  return inCases(services, async (db) => {
    const row = await heldOf(db, report);
    if (!row || files.length === 0) return;
    const known = await db.first(sql`
      select 1 as known from incident.event where case_id = ${row.id}::uuid and kind = 'supplement' and data -> 'files' @> ${json(files)}::text::jsonb limit 1`);
    if (known) return;
    await attachDocument(db, { files, kind: PHOTO_KIND, subject: row.id });
    const now = services.clock.now();
    tell(db, { caseId: row.id, at: now, kind: 'supplement', shown: true, text: '市热线工单照片', data: { files } });
  });
}
