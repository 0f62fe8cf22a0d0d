//! The graphics states of an edition, by name: how much a veil hides, and whether inks are laid over
//! each other.

use super::content::{Medium, overprint_name, veil_name};
use crate::page::{Item, Layout};
use printpdf::graphics::OverprintMode;
use printpdf::{ExtendedGraphicsState, ExtendedGraphicsStateId};
use std::collections::{BTreeMap, BTreeSet};

/// The graphics states of an edition: of its veils, by how much they hide, and of inks.
pub(super) fn states(
    layout: &Layout,
    medium: &Medium<'_>,
) -> BTreeMap<ExtendedGraphicsStateId, ExtendedGraphicsState> {
    let items = layout.pages.iter().flat_map(|page| &page.items);
    let mut opacities: BTreeSet<u8> = items
        .filter_map(|item| match item {
            Item::Veil { opacity, .. } => Some(*opacity),
            _ => None,
        })
        .collect();
    if !opacities.is_empty() {
        opacities.insert(100);
    }
    let state = |opacity: u8| {
        let alpha = f32::from(opacity.min(100)) / 100.0;
        let state = ExtendedGraphicsState::default().with_current_fill_alpha(alpha);
        (ExtendedGraphicsStateId(veil_name(opacity)), state)
    };
    let mut out: BTreeMap<_, _> = opacities.into_iter().map(state).collect();
    if medium.inks {
        for over in [false, true] {
            let state = ExtendedGraphicsState::default()
                .with_overprint_fill(over)
                .with_overprint_stroke(over)
                .with_overprint_mode(OverprintMode::KeepUnderlying);
            out.insert(ExtendedGraphicsStateId(overprint_name(over).to_owned()), state);
        }
    }
    out
}
