import { useTranslation } from 'react-i18next';
import { addTexts } from '#web/i18n/index.ts';

const zh = {
  title: '通知设置',
  lead: '选择用什么方式通知您。站内消息始终保留，它就是通知的存档；其他渠道可以关，也可以按类别退订。',
  channels: '渠道',
  channelsLead: '只写标题和链接，不写具体内容。地址加密保存，只用于通知您本人。',
  channel: { page: '站内', email: '邮件', sms: '短信', wechat: '微信' },
  use: '用{{channel}}通知我',
  address: { email: '邮箱地址', sms: '手机号码', wechat: '微信 OpenID' },
  addressHelp: {
    email: '例如 name@mail.example',
    sms: '11 位手机号',
    wechat: '关注服务号后，在服务号菜单“我的编号”里查看',
  },
  notAvailable: '本系统暂未开通这个渠道；选了先记下，开通后生效。',
  quiet: '免打扰',
  quietOn: '设置免打扰时段',
  quietLead: '时段内不发邮件、短信、微信，结束后补发；可以跨零点。Ⅰ级（红色）不等待。',
  from: '从',
  to: '到',
  kinds: '每一类用哪些渠道',
  kindsLead: '勾选表示接收，去掉勾选就是退订这一类。渠道要先在上面启用。',
  always: '站内始终保留',
  locked: '不能退订',
  lockedFollows: '按您上面启用的渠道发送',
  receive: '用{{channel}}接收“{{kind}}”',
  channelOff: '未启用',
  save: '保存通知设置',
  saving: '正在保存…',
  saved: '已保存，从下一条通知起生效。',
  unsaved: '有改动尚未保存',
  faultAt: '{{what}}：{{fault}}',
  guest: '请先登录',
  guestText: '登录后可以选择用什么方式通知您。',
};
const en: typeof zh = {
  title: 'Notifications',
  lead: 'Choose how you are told. Messages on the page are always kept, they are the record; other channels can be turned off, or unsubscribed from by kind.',
  channels: 'Channels',
  channelsLead: 'They carry a title and a link, no details. Addresses are stored encrypted and used to tell you only.',
  channel: { page: 'On the page', email: 'E-mail', sms: 'Text message', wechat: 'WeChat' },
  use: 'Tell me by {{channel}}',
  address: { email: 'E-mail address', sms: 'Mobile number', wechat: 'WeChat OpenID' },
  addressHelp: {
    email: 'Such as name@mail.example',
    sms: 'A Chinese mobile number of 11 digits',
    wechat: 'Follow the official account and look under “My number” in its menu',
  },
  notAvailable: 'This system has no such channel yet; your choice is kept and holds from the day it has.',
  quiet: 'Quiet hours',
  quietOn: 'Set quiet hours',
  quietLead:
    'Nothing is sent by e-mail, text message or WeChat meanwhile, it follows at the end; they may reach over midnight. Level I (red) does not wait.',
  from: 'From',
  to: 'To',
  kinds: 'Which channels for which kind',
  kindsLead:
    'A tick means that you get it; take it away to unsubscribe from the kind. Turn the channel on above first.',
  always: 'Always on the page',
  locked: 'Cannot be unsubscribed from',
  lockedFollows: 'Sent by the channels that you turned on above',
  receive: 'Get “{{kind}}” by {{channel}}',
  channelOff: 'turned off',
  save: 'Save notification settings',
  saving: 'Saving…',
  saved: 'Saved. It holds from the next notice on.',
  unsaved: 'Changes are not saved yet',
  faultAt: '{{what}} {{fault}}',
  guest: 'Please sign in',
  guestText: 'Once signed in you can choose how you are told.',
};
addTexts('notifications', { zh, en });

export const useNotificationTexts = () => {
  const { t, i18n } = useTranslation('notifications');
  return { t, language: i18n.language === 'en' ? ('en' as const) : ('zh' as const) };
};
