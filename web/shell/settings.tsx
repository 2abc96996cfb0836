import { ConfigProvider } from 'antd';
import type { Locale } from 'antd/es/locale/index.js';
import enGB from 'antd/locale/en_GB.js';
import zhCN from 'antd/locale/zh_CN.js';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { districtTheme } from '#web/design/theme.ts';
import { size } from '#web/design/tokens.ts';
import { entranceOf } from './entrances.ts';
import { recall, remember } from './memory.ts';

// The library's locales are CommonJS: some loaders hand over the module, some its default.
const localeOf = (module: Locale | { default: Locale }): Locale => ('default' in module ? module.default : module);

const ElderContext = createContext<{ elder: boolean; setElder: (on: boolean) => void }>({
  elder: false,
  setElder: () => {},
});

/** Large-text mode (大字版) of the citizen's entrance and of signing in. */
export function useElderMode() {
  return useContext(ElderContext);
}

/** Sets ground, text size and locale of the page from its entrance; the component library follows the same tokens. */
export function Settings({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const { pathname } = useLocation();
  const entrance = entranceOf(pathname);
  const [elder, set] = useState(() => recall('elder') === 'on');
  const ground = entrance === 'ops' ? 'night' : 'paper';
  const large = (entrance === 'citizen' || pathname === '/login') && elder;
  const base = {
    citizen: size.textCitizen,
    business: size.textReading,
    data: size.textReading,
    gov: size.textDense,
    ops: size.textDense,
  };
  const text = large ? size.textElder : entrance ? base[entrance] : size.textReading;
  useEffect(() => {
    const { dataset, style } = document.documentElement;
    dataset['ground'] = ground;
    dataset['entrance'] = entrance ?? 'start';
    dataset['elder'] = large ? 'on' : 'off';
    style.setProperty('--text', `${text}px`);
  }, [ground, entrance, large, text]);
  const setElder = (on: boolean) => {
    remember('elder', on ? 'on' : 'off');
    set(on);
  };
  return (
    <ElderContext value={{ elder, setElder }}>
      <ConfigProvider
        theme={districtTheme({ ground, text })}
        locale={localeOf(i18n.language === 'en' ? enGB : zhCN)}
        button={{ autoInsertSpace: false }}
      >
        {children}
      </ConfigProvider>
    </ElderContext>
  );
}
