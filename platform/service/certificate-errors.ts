import { domainError } from '#platform/kernel/errors.ts';

export const CertificateNotInState = domainError({
  code: 'CERTIFICATE_NOT_IN_STATE',
  status: 409,
  title: { zh: '证照现在的状态不能这样办理', en: 'The certificate is not in a state for this' },
  action: { zh: '可能刚刚有人办理过，请刷新后查看。', en: 'Somebody may have acted just now; reload to see.' },
});
export const CaseWithoutCertificate = domainError({
  code: 'CASE_WITHOUT_CERTIFICATE',
  status: 409,
  title: { zh: '这个办件没有可制发的证照', en: 'No certificate can be issued on this case' },
  action: {
    zh: '只有准予决定、且事项结果是证照的办件可以制证。',
    en: 'It needs a grant, and an item that ends in a certificate.',
  },
});
export const CertificateNotUsable = domainError({
  code: 'CERTIFICATE_NOT_USABLE',
  status: 409,
  title: { zh: '选用的电子证照不能用于这项材料', en: 'The chosen certificate does not serve for this material' },
  action: {
    zh: '请另选一本有效证照，或改为上传材料，填过的内容都保留。',
    en: 'Choose one in force, or upload the paper; your answers are kept.',
  },
});
