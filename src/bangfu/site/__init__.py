"""The site: settings that join the apps into one program."""
