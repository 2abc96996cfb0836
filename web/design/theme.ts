import { theme, type ThemeConfig } from 'antd';
import { fontFamily, night, paper, size } from './tokens.ts';

/** Which ground a page stands on: paper for work and residents, night for the operations centre. */
export type Ground = 'paper' | 'night';

/** The component library's theme, derived from our tokens only. `text` is the base text size in px. */
export function districtTheme({ ground, text }: { ground: Ground; text: number }): ThemeConfig {
  const colours = ground === 'night' ? night : paper;
  return {
    algorithm: ground === 'night' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: colours.accent,
      colorInfo: colours.accent,
      colorLink: colours.accent,
      colorLinkHover: colours.accentHover,
      colorError: colours.actNow,
      colorWarning: colours.soonInk,
      colorSuccess: colours.done,
      colorText: colours.ink,
      colorTextSecondary: colours.inkSoft,
      colorTextTertiary: colours.inkSoft,
      colorTextPlaceholder: colours.inkSoft,
      colorTextLightSolid: colours.onAccent,
      colorBgBase: colours.ground,
      colorBgLayout: colours.ground,
      colorBgContainer: colours.panel,
      colorBgElevated: colours.panel,
      colorBorder: colours.lineStrong,
      colorBorderSecondary: colours.line,
      colorSplit: colours.line,
      borderRadius: size.radius,
      boxShadow: colours.shadow,
      boxShadowSecondary: colours.shadow,
      fontFamily,
      fontSize: text,
      motionDurationFast: '0.08s',
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.15s',
    },
    components: {
      Button: { fontWeight: 500, primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    },
  };
}
