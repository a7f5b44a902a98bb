import { theme, type ThemeConfig } from 'antd';

/** antd speaks our colours (ui/colours.css has the same ones for our own elements). */
const shape: ThemeConfig['token'] = {
  fontFamily: "'Be Vietnam Pro', system-ui, sans-serif",
  fontSize: 14,
  borderRadius: 7,
  lineHeight: 1.6,
  controlHeight: 34,
  motionDurationMid: '0.12s',
  motionDurationSlow: '0.16s',
};

export const lightTheme: ThemeConfig = {
  token: {
    ...shape,
    colorPrimary: '#0b6e5a',
    colorLink: '#0b6e5a',
    colorError: '#b3261e',
    colorWarning: '#8a5a00',
    colorSuccess: '#1b6e33',
    colorInfo: '#1d57a5',
    colorText: '#16202a',
    colorTextSecondary: '#4f5b67',
    colorTextTertiary: '#5b6773',
    colorTextDescription: '#55616e',
    colorTextPlaceholder: '#6a7580',
    colorTextDisabled: '#6a7580',
    colorBorder: '#c3cbd3',
    colorBorderSecondary: '#e2e6ea',
    colorBgLayout: '#f6f7f9',
  },
  components: { Button: { fontWeight: 600, primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' } },
};

export const darkTheme: ThemeConfig = {
  algorithm: theme.darkAlgorithm,
  token: {
    ...shape,
    colorPrimary: '#168a6c',
    colorLink: '#5fcfae',
    colorLinkHover: '#8adfc5',
    colorError: '#ff9c92',
    colorWarning: '#f2c063',
    colorSuccess: '#7fd494',
    colorInfo: '#8fbcff',
    colorText: '#e8edf2',
    colorTextSecondary: '#b4bfca',
    colorTextTertiary: '#a3afbb',
    colorTextDescription: '#a3afbb',
    colorTextPlaceholder: '#98a4b0',
    colorTextDisabled: '#98a4b0',
    colorBorder: '#47525d',
    colorBorderSecondary: '#2e3740',
    colorBgLayout: '#11161b',
    colorBgContainer: '#191f26',
    colorBgElevated: '#1f262e',
  },
  components: {
    Button: {
      fontWeight: 600,
      primaryShadow: 'none',
      defaultShadow: 'none',
      dangerShadow: 'none',
      primaryColor: '#ffffff',
      dangerColor: '#2b0b08',
    },
    Tabs: { itemSelectedColor: '#5fcfae', itemHoverColor: '#8adfc5', inkBarColor: '#5fcfae' },
  },
};
