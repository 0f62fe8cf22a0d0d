//! The faces of a run, by role, and which of them has a character.

use super::{BUNDLE, Bundled, Face, FaceData, FontError};

/// A face of a [`Library`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u8);

/// What a face is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 宋.
    Song,
    /// 宋, bold.
    SongBold,
    /// 黑.
    Hei,
    /// 黑, bold.
    HeiBold,
    /// 楷.
    Kai,
    /// Latin serif.
    Latin,
    /// Latin serif, bold.
    LatinBold,
    /// Latin serif, italic.
    LatinItalic,
    /// Monospace.
    Mono,
}

/// A tone of the page: a Chinese face and the Latin face that goes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voice {
    /// 宋, for reading.
    Song,
    /// 宋 bold, for titles.
    SongBold,
    /// 黑, for structure.
    Hei,
    /// 黑 bold.
    HeiBold,
    /// 楷, for other voices.
    Kai,
    /// For code.
    Mono,
}

impl Voice {
    /// Voices by the name a design gives them.
    pub const NAMES: &'static [(&'static str, Self)] = &[
        ("song", Self::Song),
        ("song-bold", Self::SongBold),
        ("hei", Self::Hei),
        ("hei-bold", Self::HeiBold),
        ("kai", Self::Kai),
        ("mono", Self::Mono),
    ];

    /// The Chinese role and the Latin role.
    const fn roles(self) -> (Role, Role) {
        match self {
            Self::Song => (Role::Song, Role::Latin),
            Self::SongBold => (Role::SongBold, Role::LatinBold),
            Self::Hei => (Role::Hei, Role::Hei),
            Self::HeiBold => (Role::HeiBold, Role::HeiBold),
            Self::Kai => (Role::Kai, Role::Latin),
            Self::Mono => (Role::Hei, Role::Mono),
        }
    }

    /// The bold voice of the same kind.
    #[must_use]
    pub const fn strong(self) -> Self {
        match self {
            Self::Song | Self::SongBold => Self::SongBold,
            Self::Hei | Self::HeiBold | Self::Kai | Self::Mono => Self::HeiBold,
        }
    }

    /// The voice of words that are spoken differently; Chinese has no italic.
    #[must_use]
    pub const fn emphatic(self) -> Self {
        match self {
            Self::Kai => Self::Hei,
            _ => Self::Kai,
        }
    }
}

/// The order in which roles are tried for a character its own faces lack.
const FALLBACK: [Role; 6] =
    [Role::Song, Role::Hei, Role::Kai, Role::Latin, Role::Mono, Role::SongBold];

/// The faces of a run.
#[derive(Debug)]
pub struct Library {
    faces: Vec<Face>,
    roles: Vec<(Role, FaceId)>,
}

impl Library {
    /// A library of the bundled faces.
    ///
    /// # Errors
    /// [`FontError`] when a file is no usable font, or none stands for a role.
    pub fn bundled(files: &[Bundled]) -> Result<Self, FontError> {
        let data = |name: &str| {
            let file = files.iter().find(|file| file.file == name)?;
            Some(FaceData::Linked(file.bytes))
        };
        Self::from_bundle(data)
    }

    /// A library of the bundled faces, from wherever `data` finds a file of the bundle.
    ///
    /// # Errors
    /// [`FontError`] when a file is no usable font, or none stands for a role.
    pub fn from_bundle(data: impl Fn(&str) -> Option<FaceData>) -> Result<Self, FontError> {
        let mut library = Self { faces: Vec::new(), roles: Vec::new() };
        for (name, role) in BUNDLE {
            let data = data(name).ok_or(FontError::NoFace(name))?;
            let id = FaceId(u8::try_from(library.faces.len()).unwrap_or(u8::MAX));
            library.faces.push(Face::open(data)?);
            library.roles.push((*role, id));
        }
        Ok(library)
    }

    /// A face.
    #[must_use]
    pub fn face(&self, id: FaceId) -> &Face {
        &self.faces[usize::from(id.0)]
    }

    /// Every face's id, in order.
    pub fn ids(&self) -> impl Iterator<Item = FaceId> {
        self.roles.iter().map(|(_, id)| *id)
    }

    /// The Chinese and the Latin face of a voice.
    #[must_use]
    pub fn voice(&self, voice: Voice) -> (FaceId, FaceId) {
        let (han, latin) = voice.roles();
        (self.role(han), self.role(latin))
    }

    /// The first face that has a character: the wanted one, then the fallback order.
    #[must_use]
    pub fn covering(&self, c: char, wanted: FaceId) -> Option<FaceId> {
        let others = FALLBACK.iter().map(|role| self.role(*role));
        std::iter::once(wanted).chain(others).find(|id| self.face(*id).glyph(c).is_some())
    }

    fn role(&self, role: Role) -> FaceId {
        let found = self.roles.iter().find(|(r, _)| *r == role);
        found.map_or(FaceId(0), |(_, id)| *id)
    }
}
