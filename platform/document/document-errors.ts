import { domainError } from '#platform/kernel/errors.ts';

export const UploadCut = domainError({
  code: 'FILE_INCOMPLETE',
  status: 400,
  title: { zh: '文件没有传完', en: 'The file did not arrive whole' },
  action: { zh: '请重新上传；未传完的内容已清除。', en: 'Upload it again; nothing of the partial file was kept.' },
});
export const FileMissing = domainError({
  code: 'FILE_MISSING',
  status: 400,
  title: { zh: '没有收到文件内容', en: 'No file content was received' },
  action: {
    zh: '请选择有内容的文件，以 application/octet-stream 发送。',
    en: 'Choose a file with content and send it as application/octet-stream.',
  },
});
export const FileTooLarge = domainError({
  code: 'FILE_TOO_LARGE',
  status: 413,
  title: { zh: '文件超过大小限制', en: 'The file is larger than allowed' },
  action: { zh: '请压缩图片或拆分后再上传。', en: 'Reduce or split the file, then upload it again.' },
});
export const FileTypeRefused = domainError({
  code: 'FILE_TYPE_REFUSED',
  status: 415,
  title: { zh: '不接受这种文件', en: 'This type of file is not taken' },
  action: {
    zh: '文件类型按内容判断，与文件名无关。请换用列出的类型。',
    en: 'The type is told by the content, whatever the name says. Use one of the types listed.',
  },
});
export const FileEncrypted = domainError({
  code: 'FILE_ENCRYPTED',
  status: 422,
  title: { zh: '文件带有密码，无法检查，已拒收', en: 'The file has a password, cannot be checked and was refused' },
  action: { zh: '请去除密码后再上传。', en: 'Remove the password, then upload it again.' },
});
export const FileHarmful = domainError({
  code: 'FILE_HARMFUL',
  status: 422,
  title: { zh: '文件含有恶意内容，已拒收', en: 'The file holds something harmful and was refused' },
  action: {
    zh: '文件没有保存。请检查您的设备，再换一份干净的文件。',
    en: 'Nothing was kept. Check your device and send a clean copy.',
  },
});
export const FileUnreadable = domainError({
  code: 'FILE_UNREADABLE',
  status: 422,
  title: { zh: '文件已损坏，无法检查', en: 'The file is damaged and cannot be checked' },
  action: {
    zh: '请用原软件打开并另存后再上传。',
    en: 'Open it in the program that made it, save it anew, upload it again.',
  },
});
export const ScannerAway = domainError({
  code: 'FILE_NOT_SCANNED',
  status: 503,
  title: { zh: '暂时无法查毒，按规定不能接收', en: 'Files cannot be scanned for viruses now, so none is taken' },
  action: { zh: '请稍后再试；文件没有保存。', en: 'Try again later; nothing was kept.' },
});
export const FileGone = domainError({
  code: 'FILE_GONE',
  status: 409,
  title: { zh: '上传的文件已过期或不属于您', en: 'The upload has expired or is not yours' },
  action: { zh: '请重新上传这个文件。', en: 'Upload the file again.' },
});
export const TooManyUploads = domainError({
  code: 'FILE_TOO_MANY',
  status: 429,
  title: { zh: '您上传后没有使用的文件太多', en: 'Too many of your uploads are waiting to be used' },
  action: {
    zh: '请先提交用到这些文件的事项；没有用到的文件一天后自动清除。',
    en: 'Hand in what the files are for; those that are not used go after a day.',
  },
});
