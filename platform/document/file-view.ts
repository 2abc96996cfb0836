import { Type } from 'typebox';

/** What people see of a file. */
export const FileView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: Type.String(),
  mediaType: Type.String(),
  size: Type.Integer(),
  sm3: Type.String(),
  sha256: Type.String(),
  /** `unscanned` 未扫描 is said openly. */
  scan: Type.Union([Type.Literal('clean'), Type.Literal('unscanned')]),
  flags: Type.Array(Type.String()),
  state: Type.Union([Type.Literal('uploaded'), Type.Literal('attached')]),
  uploadedAt: Type.String(),
  expiresAt: Type.Union([Type.String(), Type.Null()]),
});

export type FileRow = {
  id: string;
  name: string;
  kind: string;
  mediaType: string;
  size: string;
  sm3: string;
  sha256: string;
  scan: 'clean' | 'unscanned';
  flags: string[];
  state: 'uploaded' | 'attached';
  uploadedAt: Date;
  expiresAt: Date;
};

export function fileView(row: FileRow) {
  const { id, name, kind, mediaType, size, sm3, sha256, scan, flags, state, uploadedAt, expiresAt } = row;
  return {
    id,
    name,
    kind,
    mediaType,
    size: Number(size),
    sm3,
    sha256,
    scan,
    flags,
    state,
    uploadedAt: uploadedAt.toISOString(),
    expiresAt: state === 'uploaded' ? expiresAt.toISOString() : null,
  };
}
