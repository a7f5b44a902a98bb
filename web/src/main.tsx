import '@fontsource/be-vietnam-pro/latin-400.css';
import '@fontsource/be-vietnam-pro/vietnamese-400.css';
import '@fontsource/be-vietnam-pro/latin-600.css';
import '@fontsource/be-vietnam-pro/vietnamese-600.css';
import './ui/colours.css';
import './ui/page.css';
import './ui/frame.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import enGB from 'antd/locale/en_GB';
import viVN from 'antd/locale/vi_VN';
import { StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { z } from 'zod';
import { useIsDark, useStillness } from './preferences.ts';
import { queryClient } from './query.ts';
import { routes } from './routes.tsx';
import { generalText } from './text/general.ts';
import { useLanguage, useText } from './text/words.ts';
import { NoticeList } from './ui/notice-list.tsx';
import { darkTheme, lightTheme } from './ui/theme.ts';

// zod would otherwise try to compile its checks at run time, which the content policy forbids.
z.config({ jitless: true });

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
const router = createBrowserRouter(routes);

/** Not the body: antd would then lock its scrolling by a style without our nonce (page.css does it instead). */
const overlays = () => document.getElementById('overlays')!;

function App() {
  const language = useLanguage();
  const isDark = useIsDark();
  const isStill = useStillness();
  const t = useText(generalText);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  }, [isDark]);
  const theme = isDark ? darkTheme : lightTheme;
  return (
    <ConfigProvider
      getPopupContainer={overlays}
      csp={nonce ? { nonce } : undefined}
      locale={language === 'vi' ? viVN : enGB}
      theme={isStill ? { ...theme, token: { ...theme.token, motion: false } } : theme}
      wave={{ disabled: true }}
    >
      <RouterProvider router={router} />
      <NoticeList closeLabel={t.close} />
    </ConfigProvider>
  );
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
