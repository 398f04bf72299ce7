<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
  <context>
    <name>BuildTimeSeriesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Build time series</source>
      <translation>Construire une série temporelle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Makes one dated stack out of rasters of many dates.</source>
      <translation>Fait une pile datée de rasters de plusieurs dates.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Makes one dated stack out of the rasters you have: one file per date with one or many bands, one file per band with dates as bands, an undated Earth Engine export, netCDF, or Sentinel-2 files. The result is a small VRT that refers to your files, with bands named like '2019-03-15 B04'; nothing is copied.

Dates are found in band descriptions, file names, side files and metadata. Where none is found, the error names the file and what was tried; give a date pattern, or a start date and a period.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>The dated stack, a .vrt file that refers to the input files by relative paths.</source>
      <translation>La pile datée, un fichier .vrt qui renvoie aux fichiers d'entrée par des chemins relatifs.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>number of dates</source>
      <translation>nombre de dates</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>number of bands per date</source>
      <translation>nombre de bandes par date</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Rasters</source>
      <translation>Rasters</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>The rasters of the time series. Give these or a folder.</source>
      <translation>Les rasters de la série temporelle. Donnez ceux-ci ou un dossier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Folder with rasters</source>
      <translation>Dossier de rasters</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>A folder all of whose rasters, in its subfolders too, belong to the time series.</source>
      <translation>Un dossier dont tous les rasters, sous-dossiers compris, font partie de la série temporelle.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Date pattern</source>
      <translation>Motif de date</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>How dates are written in file or band names, with %Y year, %m month, %d day, %j day of the year, such as 'S2_%Y%m%d'. Empty: recognised.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Bands</source>
      <translation>Bandes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Names of the bands of one date in their order, separated by commas. Empty: as in the files.</source>
      <translation>Noms des bandes d'une date, dans l'ordre, séparés par des virgules. Vide : comme dans les fichiers.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Start date of undated input</source>
      <translation>Date de début des entrées sans date</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Date of the first time step, for input whose files do not say.</source>
      <translation>Date du premier pas de temps, pour des fichiers qui ne la disent pas.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Period of undated input [days]</source>
      <translation>Période des entrées sans date [jours]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Days from one time step to the next, for input whose files do not say; 0: dates are in the files.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Scale</source>
      <translation>Échelle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Physical value = stored value x scale + offset. Empty: as the files say.</source>
      <translation>Valeur physique = valeur stockée x échelle + décalage. Vide : selon les fichiers.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Offset</source>
      <translation>Décalage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Nodata value</source>
      <translation>Valeur nodata</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Stored value that means missing. Empty: as the files say.</source>
      <translation>Valeur stockée qui signifie « absent ». Vide : selon les fichiers.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Files on different grids</source>
      <translation>Fichiers sur des grilles différentes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>What to do with files of another CRS, origin or extent: refuse them, or warp them by VRT.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Resampling</source>
      <translation>Rééchantillonnage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>How bands of a coarser or finer pixel size are brought to the stack's pixels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>There is no input. Give the rasters of the time series or the folder that holds them.</source>
      <translation>Il n'y a pas d'entrée. Donnez les rasters de la série temporelle ou le dossier qui les contient.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>A period is given without a start date. Give both, or neither.</source>
      <translation>Une période est donnée sans date de début. Donnez les deux, ou aucune.</translation>
    </message>
  </context>
  <context>
    <name>CreateEngineDialog</name>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Create CropSample's engine</source>
      <translation>Créer le moteur de CropSample</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>What will be run:</source>
      <translation>Ce qui sera exécuté :</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Commands and their output</source>
      <translation>Les commandes et leurs messages</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Looking for Python</source>
      <translation>Recherche de Python</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Stopping…</source>
      <translation>Arrêt…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Looking for Python 3.11 or newer…</source>
      <translation>Recherche de Python 3.11 ou plus récent…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>&amp;Base Python</source>
      <translation>Python de &amp;base</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Processor (CPU), works everywhere</source>
      <translation>Processeur (CPU), marche partout</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>NVIDIA graphics card (CUDA), larger</source>
      <translation>Carte graphique NVIDIA (CUDA), plus volumineux</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>B&amp;uild</source>
      <translation>&amp;Version</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Empty: download from the internet</source>
      <translation>Vide : télécharger depuis internet</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Offline &amp;wheel folder</source>
      <translation>Dossier de &amp;wheels hors ligne</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>&amp;Create</source>
      <translation>&amp;Créer</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Goes to {folder}. Needs about {needed} GB, {free:.0f} GB are free.</source>
      <translation>Va dans {folder}. Demande environ {needed} Go, {free:.0f} Go sont libres.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Python {}</source>
      <translation>Python {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>None found: name a Python 3.11 or newer</source>
      <translation>Aucun trouvé : indiquez un Python 3.11 ou plus récent</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Creating CropSample's engine</source>
      <translation>Création du moteur de CropSample</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>The engine is ready.</source>
      <translation>Le moteur est prêt.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Close</source>
      <translation>Fermer</translation>
    </message>
  </context>
  <context>
    <name>CropSampleAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>Time series</source>
      <translation>Séries temporelles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>Sampling</source>
      <translation>Échantillonnage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>Label quality</source>
      <translation>Qualité des étiquettes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>Labeling</source>
      <translation>Étiquetage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>Training</source>
      <translation>Entraînement</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>Mapping</source>
      <translation>Cartographie</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>Provenance</source>
      <translation>Provenance</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/help_text.py" />
      <source>Choices: {}.</source>
      <translation>Choix : {}.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/help_text.py" />
      <source>Default: {}.</source>
      <translation>Par défaut : {}.</translation>
    </message>
  </context>
  <context>
    <name>EngineAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>The log is {}</source>
      <translation>Le journal est {}</translation>
    </message>
  </context>
  <context>
    <name>EngineOptionsPage</name>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Checking…</source>
      <translation>Vérification…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Engine</source>
      <translation>Moteur</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Training and mapping run in a Python of their own, beside QGIS. Nothing is installed into QGIS's Python.</source>
      <translation>L'entraînement et la cartographie tournent dans un Python à part, à côté de QGIS. Rien n'est installé dans le Python de QGIS.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>The environment CropSample creates</source>
      <translation>L'environnement que CropSample crée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>A Python of your own</source>
      <translation>Un Python à vous</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>&amp;Python</source>
      <translation>&amp;Python</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Path of the Python interpreter</source>
      <translation>Chemin de l'interpréteur Python</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Choose a Python interpreter</source>
      <translation>Choisir un interpréteur Python</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>State</source>
      <translation>État</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>&amp;Create engine…</source>
      <translation>&amp;Créer le moteur…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Chec&amp;k</source>
      <translation>&amp;Vérifier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>What it may use</source>
      <translation>Ce qu'il peut utiliser</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>The fastest there is</source>
      <translation>Le plus rapide disponible</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Processor (CPU)</source>
      <translation>Processeur (CPU)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>NVIDIA graphics card (CUDA)</source>
      <translation>Carte graphique NVIDIA (CUDA)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Apple graphics (MPS)</source>
      <translation>Carte graphique Apple (MPS)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>&amp;Device</source>
      <translation>&amp;Matériel</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>All</source>
      <translation>Tous</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Processor &amp;threads</source>
      <translation>&amp;Fils du processeur</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source> MB</source>
      <translation> Mo</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Default (1500 MB)</source>
      <translation>Par défaut (1500 Mo)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>&amp;Memory budget</source>
      <translation>Budget de &amp;mémoire</translation>
    </message>
  </context>
  <context>
    <name>EngineProbe</name>
    <message>
      <location filename="../cropsample_plugin/gui/engine_state.py" />
      <source>Checking CropSample's engine</source>
      <translation>Vérification du moteur de CropSample</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/engine_state.py" />
      <source>Python {version}: {path}</source>
      <translation>Python {version} : {path}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/engine_state.py" />
      <source>Packages: {}</source>
      <translation>Paquets : {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/engine_state.py" />
      <source>Devices: {}</source>
      <translation>Matériel : {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/engine_state.py" />
      <source>Problem: {}</source>
      <translation>Problème : {}</translation>
    </message>
  </context>
  <context>
    <name>ExtractTimeSeriesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Extract time series</source>
      <translation>Extraire des séries temporelles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Reads the series of a dated stack at points and in polygons.</source>
      <translation>Lit les séries d'une pile datée à des points et dans des polygones.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Reads the series of a dated stack at points or in polygons of any CRS and writes one row per sample or pixel, with one field per date and band beside the fields of the input.

Of a polygon its central pixel is read, or random pixels at a distance from its edge. Samples outside the stack, on nodata or twice in the same pixel are counted and listed with the reason, never silently gone.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>The same seed picks the same pixels.</source>
      <translation>La même graine choisit les mêmes pixels.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Series at samples</source>
      <translation>Séries aux échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>One row per sample or pixel: the fields of the input, then one field per date and band.</source>
      <translation>Une ligne par échantillon ou pixel : les champs de l'entrée, puis un champ par date et bande.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Dropped samples</source>
      <translation>Échantillons écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Table of the samples that were left out, each with the reason.</source>
      <translation>Table des échantillons écartés, chacun avec la raison.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>number of samples with a series</source>
      <translation>nombre d'échantillons avec une série</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>number of samples left out</source>
      <translation>nombre d'échantillons écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>number of rows written</source>
      <translation>nombre de lignes écrites</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Samples</source>
      <translation>Échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Points or polygons in any CRS.</source>
      <translation>Points ou polygones dans n'importe quel SCR.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>A raster made by 'Build time series'.</source>
      <translation>Un raster fait par « Construire une série temporelle ».</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Pixels per polygon</source>
      <translation>Pixels par polygone</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>1: the most central pixel of each polygon; more: that many random pixels, or all there are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Inner buffer [metres]</source>
      <translation>Tampon intérieur [mètres]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Distance that pixels keep from the polygon's edge, to avoid mixed pixels.</source>
      <translation>Distance des pixels au bord du polygone, pour éviter les pixels mixtes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Season start field</source>
      <translation>Champ de début de saison</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Field with the date at which each sample's own season starts. Empty: the whole time axis.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Season end field</source>
      <translation>Champ de fin de saison</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Field with the date at which each sample's own season ends. Empty: the whole time axis.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>A sample's season needs both its start and its end field. Give both, or neither.</source>
      <translation>La saison d'un échantillon demande un champ de début et un champ de fin. Donnez les deux, ou aucun.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Season start and end are the same field '{}'. Choose two fields.</source>
      <translation>Le début et la fin de saison sont le même champ « {} ». Choisissez deux champs.</translation>
    </message>
  </context>
  <context>
    <name>InputChecks</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/input_checks.py" />
      <source>{}: '{}' cannot be written, only {} files can. Let the file name end with {}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/input_checks.py" />
      <source> or </source>
      <translation> ou </translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/input_checks.py" />
      <source>{}: '{}' is also an input and would be replaced. Choose another file.</source>
      <translation>{} : « {} » est aussi une entrée et serait remplacé. Choisissez un autre fichier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/input_checks.py" />
      <source>Two outputs have the same file '{}'. Choose another file for one of them.</source>
      <translation>Deux sorties ont le même fichier « {} ». Choisissez un autre fichier pour l'une d'elles.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/input_checks.py" />
      <source>'{}' cannot be written: there is no right to write to '{}'. Choose another folder.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>InputReader</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/job_inputs.py" />
      <source>The raster '{}' cannot be read. Check that the file exists and opens in QGIS.</source>
      <translation>Le raster « {} » ne peut être lu. Vérifiez que le fichier existe et s'ouvre dans QGIS.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/job_inputs.py" />
      <source>{}: '{}' is no date. Write it as 2019-03-15.</source>
      <translation>{} : « {} » n'est pas une date. Écrivez-la comme 2019-03-15.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/job_inputs.py" />
      <source>The layer '{}' is no raster file (it comes from '{}'), and the engine reads files only. Export it to a GeoTIFF first (Layer &gt; Save As).</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>JobsDock</name>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>CropSample jobs</source>
      <translation>Travaux CropSample</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Jobs appear here when you train, map or run a CropSample tool of the toolbox.</source>
      <translation>Les travaux apparaissent ici quand vous entraînez, cartographiez ou lancez un outil CropSample.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Jobs</source>
      <translation>Travaux</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Log</source>
      <translation>Journal</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Learning &amp;curve</source>
      <translation>Courbe d'&amp;apprentissage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>&amp;Log</source>
      <translation>&amp;Journal</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>C&amp;ancel</source>
      <translation>&amp;Annuler</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Open &amp;report</source>
      <translation>Ouvrir le &amp;rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>L&amp;oad outputs</source>
      <translation>&amp;Charger les sorties</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Open &amp;folder</source>
      <translation>Ouvrir le &amp;dossier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Re&amp;move</source>
      <translation>&amp;Retirer</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Remove job</source>
      <translation>Retirer le travail</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Remove this job and its log from the list? The files it made stay where they are.</source>
      <translation>Retirer ce travail et son journal de la liste ? Les fichiers produits restent où ils sont.</translation>
    </message>
  </context>
  <context>
    <name>LearningCurve</name>
    <message>
      <location filename="../cropsample_plugin/gui/learning_curve.py" />
      <source>Learning curve</source>
      <translation>Courbe d'apprentissage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/learning_curve.py" />
      <source>Epoch</source>
      <translation>Époque</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/learning_curve.py" />
      <source>{curve}: {value} at epoch {step}</source>
      <translation>{curve} : {value} à l'époque {step}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/learning_curve.py" />
      <source>The learning curve appears here while a model trains.</source>
      <translation>La courbe d'apprentissage apparaît ici pendant l'entraînement d'un modèle.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/learning_curve.py" />
      <source>Install matplotlib in QGIS's Python to see the curve as a plot.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>MapProjectAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Map project</source>
      <translation>Projet de carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Writes a QGIS project with layers grouped and styled, and a picture of the map.</source>
      <translation>Écrit un projet QGIS aux couches groupées et stylées, et une image de la carte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Writes a QGIS project that holds the given layers in groups, each with the style saved beside its file, and a page with map, legend and title, exported as a picture on request.

The project refers to the files by relative paths: keep them in the same folder to move it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Layers</source>
      <translation>Couches</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Raster and vector layers; the first one lies on top of its group.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Title</source>
      <translation>Titre</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Crop map</source>
      <translation>Carte des cultures</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Title of the project and of the page.</source>
      <translation>Titre du projet et de la page.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Class field of samples</source>
      <translation>Champ de classe des échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Field to colour samples by, in the colours of the class map. Empty: one colour.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Resolution of the picture [dots per inch]</source>
      <translation>Résolution de l'image [points par pouce]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>The page is 297 x 210 mm; 150 dots per inch make 1754 x 1240 pixels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Project</source>
      <translation>Projet</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>QGIS projects (*.qgz *.qgs)</source>
      <translation>Projets QGIS (*.qgz *.qgs)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>The QGIS project file; one that exists is replaced.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Picture</source>
      <translation>Image</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>PNG files (*.png)</source>
      <translation>Fichiers PNG (*.png)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>The page with map, legend and title as a picture.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>number of layers in the project</source>
      <translation>nombre de couches du projet</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Samples</source>
      <translation>Échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Maps</source>
      <translation>Cartes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Images</source>
      <translation>Images</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>The layer '{}' is in memory only and was left out. Save it to a file first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>None of the layers can be read. Check that the files exist.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>'{}' cannot be written. Choose a folder that you may write to.</source>
      <translation>« {} » ne peut être écrit. Choisissez un dossier où vous pouvez écrire.</translation>
    </message>
  </context>
  <context>
    <name>OutputFiles</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/job_outputs.py" />
      <source>The folder of '{}' cannot be made: {}. Choose another folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/job_outputs.py" />
      <source>{}
Nothing is lost: the features are in {}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Panels</name>
    <message>
      <location filename="../cropsample_plugin/gui/panels.py" />
      <source>This job left no layers to load.</source>
      <translation>Ce travail n'a pas laissé de couches à charger.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/panels.py" />
      <source>CropSample needs its engine before it can train and map.</source>
      <translation>CropSample a besoin de son moteur pour entraîner et cartographier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/panels.py" />
      <source>Set up the engine…</source>
      <translation>Installer le moteur…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/panels.py" />
      <source>Show job</source>
      <translation>Montrer le travail</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/panels.py" />
      <source>{} is finished, its map is loaded.</source>
      <translation>{} est terminé, sa carte est chargée.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/panels.py" />
      <source>{} is finished. The project it was started from has been closed.</source>
      <translation>{} est terminé. Le projet d'où il a été lancé a été fermé.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/panels.py" />
      <source>Load outputs</source>
      <translation>Charger les sorties</translation>
    </message>
  </context>
  <context>
    <name>PolygonsToSamplesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Polygons to samples</source>
      <translation>Polygones en échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Picks the central pixel or random pixels of each polygon as sample points.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Picks pixels of each polygon on the grid of a dated stack and writes their centres as points, with the fields of the polygon and its id, so that samples of one parcel stay together when they are split.

The central pixel lies inside the polygon, whatever its shape. Polygons too small for a pixel are counted and listed with the reason.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Sample points</source>
      <translation>Points d'échantillonnage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>One point per pixel, with the fields of its polygon.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Dropped polygons</source>
      <translation>Polygones écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Table of the polygons that were left out, each with the reason.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>number of sample points</source>
      <translation>nombre de points d'échantillonnage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>number of polygons left out</source>
      <translation>nombre de polygones écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Polygons</source>
      <translation>Polygones</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Parcels or other polygons in any CRS.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>The raster whose pixels are picked; only its grid is used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Pixels</source>
      <translation>Pixels</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>central: the pixel farthest from the edge; random: random pixels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Random pixels per polygon</source>
      <translation>Pixels aléatoires par polygone</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>How many random pixels to pick; all of them where a polygon has fewer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Inner buffer [metres]</source>
      <translation>Tampon intérieur [mètres]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Distance that pixels keep from the polygon's edge, to avoid mixed pixels.</source>
      <translation>Distance des pixels au bord du polygone, pour éviter les pixels mixtes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>The same seed picks the same pixels.</source>
      <translation>La même graine choisit les mêmes pixels.</translation>
    </message>
  </context>
  <context>
    <name>PredictMapAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Predict map</source>
      <translation>Prédire une carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Maps classes, their probabilities and the uncertainty with a trained model.</source>
      <translation>Cartographie les classes, leurs probabilités et l'incertitude avec un modèle entraîné.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Maps the classes of a model package over a dated stack, block by block and in bounded memory, and on request the probability of each class and the uncertainty (normalised entropy, 0 to 1).

Bands, dates and value ranges of the stack are checked against the model first. Pixels without the values that the model needs become nodata. Started again after an interruption, it continues where it was.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>number of pixels of the map</source>
      <translation>nombre de pixels de la carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>number of pixels with a class</source>
      <translation>nombre de pixels avec une classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>number of pixels inside the area for which values are missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>pixels per second, reading and writing included</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Model package</source>
      <translation>Paquet de modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Model packages (*.zip)</source>
      <translation>Paquets de modèle (*.zip)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>A file written by 'Train classifier'.</source>
      <translation>Un fichier écrit par « Entraîner un classificateur ».</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>The stack to map, with the bands and dates of the season that the model was trained for.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Area</source>
      <translation>Zone</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Polygons in any CRS that bound the map. Empty: the whole stack.</source>
      <translation>Polygones dans n'importe quel SCR qui bornent la carte. Vide : toute la pile.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Largest share of missing values</source>
      <translation>Plus grande part de valeurs absentes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Pixels of whose values more are missing become nodata; dates missing everywhere do not count.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Device</source>
      <translation>Matériel</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>What networks compute on; options: as set in CropSample's options; auto: a GPU where there is one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Continue an interrupted map</source>
      <translation>Continuer une carte interrompue</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Keep the blocks that an interrupted run of the same model and stack has finished.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Class map</source>
      <translation>Carte des classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Class of each pixel, with class names and colours; a GeoTIFF.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Probabilities</source>
      <translation>Probabilités</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>One band per class with its probability, 0 to 1; a GeoTIFF.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Uncertainty</source>
      <translation>Incertitude</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Normalised entropy of the probabilities, 0: certain, 1: all classes as likely; a GeoTIFF.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Crop map</source>
      <translation>Carte des cultures</translation>
    </message>
  </context>
  <context>
    <name>ResultLayers</name>
    <message>
      <location filename="../cropsample_plugin/gui/result_layers.py" />
      <source>Crop map</source>
      <translation>Carte des cultures</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/result_layers.py" />
      <source>Class probabilities</source>
      <translation>Probabilités des classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/result_layers.py" />
      <source>Uncertainty</source>
      <translation>Incertitude</translation>
    </message>
  </context>
  <context>
    <name>SessionTexts</name>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Random forest</source>
      <translation>Forêt aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Fast, needs no tuning and little data: the right first map.</source>
      <translation>Rapide, sans réglage et avec peu de données : la bonne première carte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Support vector machine (RBF)</source>
      <translation>Machine à vecteurs de support (RBF)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Strong with some hundred samples; slow with more than ten thousand.</source>
      <translation>Forte avec quelques centaines d'échantillons ; lente au-delà de dix mille.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>LSTM recurrent network</source>
      <translation>Réseau récurrent LSTM</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Reads the season in order. Best with a thousand samples or more.</source>
      <translation>Lit la saison dans l'ordre. Meilleur avec mille échantillons ou plus.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Multi-headed LSTM</source>
      <translation>LSTM à plusieurs têtes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Learns from few local samples and many from elsewhere; the domain field tells them apart.</source>
      <translation>Apprend de peu d'échantillons locaux et de beaucoup d'ailleurs ; le champ de domaine les distingue.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Hold out one fifth</source>
      <translation>Réserver un cinquième</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Five folds</source>
      <translation>Cinq blocs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>None</source>
      <translation>Aucune</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Whole stack</source>
      <translation>Toute la pile</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>What the map window shows</source>
      <translation>Ce que montre la carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Polygons of a layer</source>
      <translation>Polygones d'une couche</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Build time series</source>
      <translation>Construire une série temporelle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Extract time series</source>
      <translation>Extraire des séries temporelles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Polygons to samples</source>
      <translation>Polygones en échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Train classifier</source>
      <translation>Entraîner un classificateur</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Predict map</source>
      <translation>Prédire une carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Simulate region</source>
      <translation>Simuler une région</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Check the engine</source>
      <translation>Vérifier le moteur</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>{dates} dates, {first} to {last} · {bands}</source>
      <translation>{dates} dates, du {first} au {last} · {bands}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>{count} samples</source>
      <translation>{count} échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>{count} samples · {classes} classes</source>
      <translation>{count} échantillons · {classes} classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Ready: {model} will be trained and the map made in the background.</source>
      <translation>Prêt : {model} sera entraîné et la carte faite en arrière-plan.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>The engine is not ready. {}</source>
      <translation>Le moteur n'est pas prêt. {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Choose the image time series, or build one from a folder of images.</source>
      <translation>Choisissez la série temporelle d'images, ou construisez-en une d'un dossier d'images.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' is a web layer; the engine needs a file.</source>
      <translation>« {} » est une couche web ; le moteur a besoin d'un fichier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' is not a dated stack: its bands carry no dates.</source>
      <translation>« {} » n'est pas une pile datée : ses bandes ne portent pas de dates.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' has no coordinate system. Set it in the layer's properties.</source>
      <translation>« {} » n'a pas de système de coordonnées. Définissez-le dans les propriétés de la couche.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Choose the layer with your labeled samples.</source>
      <translation>Choisissez la couche de vos échantillons étiquetés.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' has no features.</source>
      <translation>« {} » n'a pas d'entités.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' has neither points nor polygons, and no series fields.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>No sample of '{}' lies on the stack. Check the coordinate systems.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Choose the field that holds the class of each sample.</source>
      <translation>Choisissez le champ qui porte la classe de chaque échantillon.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' holds fewer than two classes; a map needs at least two.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' is the class field; choose another field for the other role.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Choose the polygon layer that bounds the map.</source>
      <translation>Choisissez la couche de polygones qui borne la carte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Choose the folder for the results.</source>
      <translation>Choisissez le dossier des résultats.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' cannot be written to. Choose another folder.</source>
      <translation>On ne peut écrire dans « {} ». Choisissez un autre dossier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Without a domain field every sample counts as local.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>{} samples are few for a network; a random forest may do better.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>{} samples have no class and are left out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>{bands} and {count} more bands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Running</source>
      <translation>En cours</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Finished</source>
      <translation>Terminé</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Failed</source>
      <translation>Échoué</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Canceled</source>
      <translation>Annulé</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Interrupted</source>
      <translation>Interrompu</translation>
    </message>
  </context>
  <context>
    <name>SimulateRegionAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Simulate region</source>
      <translation>Simuler une région</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Writes a synthetic farming region: images, fields, samples and the true map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Writes a synthetic farming region to try CropSample on: one image a month with 12 Sentinel-2 bands and clouds, fields with five crops, the true map, labeled samples of the region and of another one.

The same size and seed give the same region.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Folder</source>
      <translation>Dossier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Folder that receives everything; made when it does not exist.</source>
      <translation>Dossier qui reçoit tout ; créé s'il n'existe pas.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Size [pixels]</source>
      <translation>Taille [pixels]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Side of the square region, in pixels of 10 metres.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Share of clouds</source>
      <translation>Part des nuages</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Mean share of the images that clouds hide.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Share of wrong labels</source>
      <translation>Part d'étiquettes fausses</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Share of the local samples that are given a wrong class on purpose.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>The same seed gives the same region.</source>
      <translation>La même graine donne la même région.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Folder with one image per date</source>
      <translation>Dossier avec une image par date</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>True map</source>
      <translation>Carte vraie</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Fields</source>
      <translation>Parcelles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Samples of the region</source>
      <translation>Échantillons de la région</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Labeled series of another region</source>
      <translation>Séries étiquetées d'une autre région</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Samples to check a map with</source>
      <translation>Échantillons pour vérifier une carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>number of fields</source>
      <translation>nombre de parcelles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>number of dates</source>
      <translation>nombre de dates</translation>
    </message>
  </context>
  <context>
    <name>TrainAndMapDock</name>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_dock.py" />
      <source>Train and map</source>
      <translation>Entraîner et cartographier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_dock.py" />
      <source>Set up…</source>
      <translation>Installer…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_dock.py" />
      <source>Build…</source>
      <translation>Construire…</translation>
    </message>
  </context>
  <context>
    <name>TrainAndMapForm</name>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Image time series</source>
      <translation>Série temporelle d'images</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Build a dated stack from a folder of images…</source>
      <translation>Construire une pile datée d'un dossier d'images…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Build a dated stack</source>
      <translation>Construire une pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Stack</source>
      <translation>&amp;Pile</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Samples</source>
      <translation>Échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Sample layer</source>
      <translation>Couche d'échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Layer</source>
      <translation>&amp;Couche</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Class field</source>
      <translation>Champ de classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Class field</source>
      <translation>Champ de c&amp;lasse</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Use the layer's own series fields</source>
      <translation>&amp;Utiliser les champs de série de la couche</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Train on the series in the sample layer instead of reading the stack</source>
      <translation>Entraîner sur les séries de la couche au lieu de lire la pile</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>More about the samples</source>
      <translation>Plus sur les échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Parcel field</source>
      <translation>Champ de parcelle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Samples of one parcel stay together when the model is validated</source>
      <translation>Les échantillons d'une parcelle restent ensemble à la validation du modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Parcel field</source>
      <translation>Champ de &amp;parcelle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Weight field</source>
      <translation>Champ de poids</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>How much each sample counts in training</source>
      <translation>Combien chaque échantillon compte à l'entraînement</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Weight field</source>
      <translation>Champ de p&amp;oids</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Model</source>
      <translation>Modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Model</source>
      <translation>&amp;Modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Domain field</source>
      <translation>Champ de &amp;domaine</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Domain field</source>
      <translation>Champ de domaine</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Says which samples are local and which come from elsewhere</source>
      <translation>Dit quels échantillons sont locaux et lesquels viennent d'ailleurs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Validation</source>
      <translation>Validation</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Validation</source>
      <translation>&amp;Validation</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Map</source>
      <translation>Carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Area to map</source>
      <translation>Zone à cartographier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Area</source>
      <translation>&amp;Zone</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Polygon layer that bounds the map</source>
      <translation>Couche de polygones qui borne la carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>U&amp;ncertainty</source>
      <translation>&amp;Incertitude</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Pro&amp;babilities</source>
      <translation>Pro&amp;babilités</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Also make</source>
      <translation>Faire aussi</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Name of the run</source>
      <translation>Nom du travail</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Nam&amp;e</source>
      <translation>&amp;Nom</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Output folder</source>
      <translation>Dossier de sortie</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Folder</source>
      <translation>&amp;Dossier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Train and map</source>
      <translation>&amp;Entraîner et cartographier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Jobs</source>
      <translation>&amp;Travaux</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Show running and past jobs</source>
      <translation>Montrer les travaux en cours et passés</translation>
    </message>
  </context>
  <context>
    <name>TrainClassifierAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Forest: number of trees</source>
      <translation>Forêt : nombre d'arbres</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Forest: features tried at a split</source>
      <translation>Forêt : variables essayées à une division</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Forest: largest depth of a tree</source>
      <translation>Forêt : profondeur maximale d'un arbre</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Forest: fewest samples in a leaf</source>
      <translation>Forêt : plus petit nombre d'échantillons d'une feuille</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>SVM: penalty C</source>
      <translation>SVM : pénalité C</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>SVM: gamma of the kernel</source>
      <translation>SVM : gamma du noyau</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>SVM: folds for calibrating probabilities</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>LSTM: length of the hidden vector</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>LSTM: dropout</source>
      <translation>LSTM : abandon (dropout)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>LSTM: layers of a head</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Two-headed LSTM: alpha</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>LSTM: learning rate</source>
      <translation>LSTM : taux d'apprentissage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>LSTM: samples per step</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>LSTM: largest number of epochs</source>
      <translation>LSTM : plus grand nombre d'époques</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>LSTM: epochs without improvement before stopping</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>LSTM: share of the samples that decide when to stop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>More trees give steadier probabilities and take longer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>'sqrt', 'log2' or a number of features; 0 means all.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>0: trees grow until their leaves are pure.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Larger values smooth the forest.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>The larger, the closer the machine follows the training samples.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>'scale', 'auto' or a positive number; the larger, the more local.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Probabilities are fitted on samples held out in this many folds.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>How much the network can remember of a series.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Share of the hidden vector dropped after every date. Empty: 0.2 with two heads, 0 with one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Linear layers between memory and answer. Empty: 2 with two heads, 1 with one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Divides the weight that global samples have beside local ones.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Step of the Adam optimiser.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Number of samples that each step of training looks at.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Training stops here at the latest.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Training stops after so many epochs and returns to the best weights.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Share of the training samples, kept out of training, on which the loss is watched.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Train classifier</source>
      <translation>Entraîner un classificateur</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Trains a model on labeled series and says how good it is.</source>
      <translation>Entraîne un modèle sur des séries étiquetées et dit ce qu'il vaut.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Trains a random forest, a support vector machine, or a recurrent network with one or two heads on labeled series, checks it on samples that it has not seen, and writes a model package and a report.

Samples are a layer made by 'Extract time series', or any labeled points or polygons together with the stack. Give the group field when several samples come from one parcel: a parcel is then never split between training and validation. The scores of a model that is not validated are left empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Samples</source>
      <translation>Échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Labeled series made by 'Extract time series', or labeled points or polygons when a stack is given.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>The stack to read series from, for samples that have none of their own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Class field</source>
      <translation>Champ de classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Field with the class of each sample, text or whole numbers; samples without one are left out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Group field</source>
      <translation>Champ de groupe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Field with the parcel of each sample; a parcel is never split between training and validation.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Weight field</source>
      <translation>Champ de poids</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Field with how much each sample counts, 0 or more. Empty: all count the same.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Domain field</source>
      <translation>Champ de domaine</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Field that says 'local' for samples of the region to map and 'global' for others; the two-headed LSTM learns from both and maps with the local head.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Model</source>
      <translation>Modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>random_forest: fast and robust; svm: support vector machine with radial basis functions; lstm: recurrent network; multi_head_lstm: the same with a head each for local and global samples.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Validation</source>
      <translation>Validation</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>holdout: a share of the samples checks the model; k_fold: every sample checks once; none: no check.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Number of folds</source>
      <translation>Nombre de blocs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Folds of the k-fold validation.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Share held out</source>
      <translation>Part réservée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Share of the samples that holdout validation keeps out of training.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Class weights</source>
      <translation>Poids des classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>none: every sample counts the same; balanced: every class counts the same.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Missing values</source>
      <translation>Valeurs absentes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>linear: gaps are interpolated in time; refuse: samples with gaps are left out. Maps follow suit.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>The same seed gives the same model.</source>
      <translation>La même graine donne le même modèle.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Model package</source>
      <translation>Paquet de modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Model packages (*.zip)</source>
      <translation>Paquets de modèle (*.zip)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>The trained model with all it takes to use it: bands, dates, scaling, classes, scores.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>HTML files (*.html)</source>
      <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>What went in, the learning curve, the error matrix and the scores, as a page to read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Dropped samples</source>
      <translation>Échantillons écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Table of the samples that were left out, each with the reason.</source>
      <translation>Table des échantillons écartés, chacun avec la raison.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>share of validation samples classified right</source>
      <translation>part des échantillons de validation bien classés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>mean F1 score of the classes</source>
      <translation>score F1 moyen des classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Cohen's kappa</source>
      <translation>kappa de Cohen</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>area under the ROC curve, for two classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>number of samples used</source>
      <translation>nombre d'échantillons utilisés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>number of samples left out</source>
      <translation>nombre d'échantillons écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>{}: '{}' is the class field. Choose another field.</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
