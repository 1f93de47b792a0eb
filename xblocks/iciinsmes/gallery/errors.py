"""What can go wrong in the gallery."""


class GalleryError(Exception):
    """Base of all errors of this room."""


class UnknownGalleryEntry(GalleryError):
    """There is no such entry in this course run, or it is not the person's to change."""


class NoReason(GalleryError):
    """Whoever hides what a learner shows has to say why."""
