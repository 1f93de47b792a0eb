"""The version of the plugin, and of the add-on that it installs: they are released together."""

__version__ = "0.1.0"
