// Mantine: how its components look and behave everywhere.

import { createTheme, defaultVariantColorsResolver } from '@mantine/core'

/** A dialog's head is no banner of the page. */
const dialogParts = { header: { role: 'presentation' } }

/** Scrolling is not locked behind dialogs, for that puts a style into the page, which the content security policy refuses. */
export const theme = createTheme({
  defaultRadius: 'sm',
  // What is filled has the colours of theme.css: those of the dark theme are light, and carry dark words.
  variantColorResolver: input => {
    const colours = defaultVariantColorsResolver(input)
    return input.variant === 'filled' ? { ...colours, color: 'var(--accent-ink)' } : colours
  },
  components: {
    Modal: {
      defaultProps: { attributes: dialogParts, lockScroll: false, transitionProps: { duration: 100 } },
    },
    Drawer: {
      defaultProps: { attributes: dialogParts, lockScroll: false, transitionProps: { duration: 100 } },
    },
    Button: { defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs', checkIconPosition: 'right' } },
    MultiSelect: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    TagsInput: { defaultProps: { size: 'xs' } },
    NativeSelect: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Radio: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs', transitionDuration: 0 } },
    Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 0 } } },
    // A menu holds its items alone, where it is opened: the rest of the page is outside of what is heard.
    Menu: {
      defaultProps: {
        transitionProps: { duration: 0 },
        withinPortal: false,
        withInitialFocusPlaceholder: false,
      },
    },
    Popover: { defaultProps: { transitionProps: { duration: 0 } } },
  },
})
