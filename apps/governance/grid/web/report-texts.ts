import { useTranslation } from 'react-i18next';
import { addTexts } from '#web/i18n/index.ts';

const zh = {
  step: '第 {{n}} 步，共 3 步',
  photoTitle: '拍一张照片',
  photoLead: '拍清楚问题和周围，好让工作人员找到。不方便拍照可以跳过。',
  kept: '已留在手机里的照片 {{n}} 张，有网络时自动上传',
  choose: '拍照或选择照片',
  photoFault: '这个文件不是照片，或太大了。请换一张。',
  skip: '没有照片，跳过',
  next: '下一步',
  back: '上一步',
  placeTitle: '在什么位置',
  placeNeeded: '请先在地图上点出位置',
  placeWrong: '经纬度有误：两项都要填，纬度在 -90 到 90 之间，经度在 -180 到 180 之间',
  coordinates: '直接填写经纬度',
  nearTitle: '是不是这一件？',
  nearLead: '这些问题已经有人上报，正在处理。是同一件的，点“就是这件”，一样会告诉您进展。',
  away: '相距 {{metres}} 米',
  same: '就是这件，我要关注',
  notSame: '都不是，继续上报',
  joinAbout: '同一问题 {{no}}',
  nearAway: '网络不畅，没有取到附近的已知问题。可以照常上报。',
  joined: '已一起关注 {{no}}',
  joinedText: '每一步都会在“我的上报”里告诉您，办完后请您评价。',
  joinedAlready: '您已经在关注 {{no}}',
  wordsTitle: '说说发生了什么',
  outbox: '没有网络，已存在本机',
  outboxText: '连上网络会自动发送，只发一次。可以先去做别的事。',
  toList: '我的上报',
  waiting: '待发送',
  pointsHint: '受理后可得积分，匿名上报不计积分。',
};
const en: typeof zh = {
  step: 'Step {{n}} of 3',
  photoTitle: 'Take a photo',
  photoLead: 'Show the problem and what is around it, so that it can be found. You can go on without one.',
  kept: '{{n}} photos kept on this phone; they go when there is a network',
  choose: 'Take or choose a photo',
  photoFault: 'This is no photo, or too large. Please choose another.',
  skip: 'Go on without a photo',
  next: 'Next',
  back: 'Back',
  placeTitle: 'Where is it',
  placeNeeded: 'Point at the place on the map first',
  placeWrong: 'Latitude goes from -90 to 90, longitude from -180 to 180, and both are needed',
  coordinates: 'Type the coordinates',
  nearTitle: 'Is it one of these?',
  nearLead:
    'These have been reported and are being handled. If yours is one of them, follow it: you are told just the same.',
  away: '{{metres}} m away',
  same: 'This is it: follow it',
  notSame: 'None of these: go on',
  joinAbout: 'The same as {{no}}',
  nearAway: 'The line is poor: known problems nearby could not be read. You can report all the same.',
  joined: 'You follow {{no}} now',
  joinedText: 'Every step is told under “My reports”, and you can rate it in the end.',
  joinedAlready: 'You follow {{no}} already',
  wordsTitle: 'What is wrong',
  outbox: 'No network: kept on this device',
  outboxText: 'It is sent by itself, and once only, when there is a network. You can go on with other things.',
  toList: 'My reports',
  waiting: 'Waiting to be sent',
  pointsHint: 'Accepted reports earn points; anonymous ones do not.',
};
addTexts('grid-report', { zh, en });

/** Texts of the three steps of a report. */
export function useReportTexts() {
  const { t } = useTranslation('grid-report');
  return t;
}
