import { useTranslation } from 'react-i18next';
import { addTexts } from '#web/i18n/index.ts';

const zh = {
  title: '预约就诊',
  forOther: '为 {{name}} 预约就诊',
  lead: '选科室和日期，约好后会显示在下面。',
  department: '科室',
  on: '就诊日期',
  act: '预约',
  busy: '正在预约…',
  done: '已约好：{{department}}，{{on}}。',
  booked: '已经约好的',
  none: '还没有约好的就诊。',
  by: '{{name}} 办理',
  departments: { internal: '内科', eyes: '眼科', bones: '骨科', teeth: '口腔科' },
};
const en: typeof zh = {
  title: 'Book a medical visit',
  forOther: 'Book a medical visit for {{name}}',
  lead: 'Choose department and day; what is booked is shown below.',
  department: 'Department',
  on: 'Day of the visit',
  act: 'Book',
  busy: 'Booking…',
  done: 'Booked: {{department}}, {{on}}.',
  booked: 'Booked visits',
  none: 'No visit is booked yet.',
  by: 'booked by {{name}}',
  departments: { internal: 'Internal medicine', eyes: 'Eyes', bones: 'Orthopaedics', teeth: 'Dentistry' },
};
addTexts('clinic', { zh, en });

export const useClinicTexts = () => useTranslation('clinic').t;
